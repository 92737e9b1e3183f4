"""The words of trainwhy as frozen plain data: everything that crosses a process or reaches a face.

Standard library only, no TensorFlow types. Shapes are tuples of integers with `None` for an unknown size,
lines and columns are 1-based, seconds are wall clock. Variables and tensors are named by strings: a variable by
its path in the model (`dense/kernel`), a tensor by an opaque key that is unique within one run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Union

if TYPE_CHECKING:
    from trainwhy.seen import Numbers, Seen
else:  # what only scripts have is loaded when one is read (`wire`): an exercise is answered sooner without it
    Numbers = Seen = Any

Level = Literal["error", "warning"]
Outcome = Literal[
    "finished",
    "raised",
    "timed_out",
    "out_of_memory",
    "crashed",
    "flooded",
    "no_evidence",
    "bad_file",
    "internal",
]
Verdict = Literal["solved", "unsolved", "not_started", "flaky", "healthy"]
Shape = tuple[Union[int, None], ...]
Value = Union[bool, int, float, str, None]


# ------------------------------------------------------------------------------------------- what is said


@dataclass(frozen=True, slots=True)
class Span:
    """A marked part of the learner's file: 1-based line and column, end exclusive in columns."""

    line: int
    column: int
    end_line: int
    end_column: int
    label: str
    primary: bool = True
    path: str = ""  # of another file of the script, relative to its folder; "" is the file the report is about


@dataclass(frozen=True, slots=True)
class Evidence:
    """One measured number (or shape, as text) of this run beside the limit it was held against."""

    name: str
    value: Value
    limit: Value = None


@dataclass(frozen=True, slots=True)
class Proof:
    """The same training unchanged, repaired and with a placebo, one value of `measure` per seed."""

    status: Literal["proven", "likely", "not_run"]
    intervention: str = ""  # in words, reads after "the same run with "
    measure: str = "loss"
    seeds: tuple[int, ...] = ()
    start: tuple[float, ...] = ()
    baseline: tuple[float, ...] = ()
    repaired: tuple[float, ...] = ()
    placebo: tuple[float, ...] = ()
    placebo_name: str = ""
    reason: str = ""  # why it is not proven, when it is not


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnosis that matched a run."""

    code: str
    name: str
    level: Level
    title: str
    spans: tuple[Span, ...]
    evidence: tuple[Evidence, ...]
    why: str
    help: str
    broken: str = ""  # the diagnosis' own example, before and after
    fixed: str = ""
    proof: Proof = Proof("not_run")
    chain: tuple[str, ...] = ()  # from the cause to what it did, in the user's own lines


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A named mistake. Each module under `diagnoses/` holds one, its rule `match` and its two examples."""

    code: str
    name: str
    level: Level
    why: str
    help: str
    # The module under lab/interventions that repairs only this cause; "" where none exists.
    intervention: str = ""
    intervention_words: str = ""
    # Codes of symptoms that this cause explains, and which are therefore not reported beside it.
    explains: tuple[str, ...] = ()
    # The practice model (lab/practice.py) on which the two examples run.
    practice: str = "regression"


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule says about one run: the title, where, and the numbers."""

    title: str
    evidence: tuple[Evidence, ...]
    spans: tuple[Span, ...] = ()
    level: Level | None = None  # where it differs from the diagnosis' own


# ------------------------------------------------------------------------------------------- what was seen


@dataclass(frozen=True, slots=True)
class Frame:
    """One of the learner's own lines in a traceback."""

    line: int
    function: str
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """How the learner's program ended when it did not finish. Never a fault of trainwhy."""

    type: str  # the exception's class, or "MissingFunction", "WrongSignature", "TimedOut", "Killed", ...
    message: str
    line: int | None = None
    column: int | None = None
    frames: tuple[Frame, ...] = ()
    hint: str = ""  # what to do about it, in one sentence


@dataclass(frozen=True, slots=True)
class Epoch:
    """One row of the table, measured at the end of an epoch with the model in inference mode."""

    epoch: int
    loss: float
    metrics: dict[str, float] = field(default_factory=dict)
    weights_moved: int = 0  # trainable variables whose bits changed during this epoch
    variables: int = 0  # trainable variables of the model
    gradient: float | None = None  # root mean square of the global norms the learner's tape returned
    reported: float | None = None  # mean of what the learner's step returned as its loss
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Source:
    """One thing a gradient was asked for."""

    kind: Literal["variable", "tensor", "array", "other"]
    name: str  # variable path, or the type's name
    shape: Shape = ()
    trainable: bool = True
    tensor: str | None = None


@dataclass(frozen=True, slots=True)
class Gradient:
    """What the tape answered for one source."""

    present: bool
    norm: float | None = None  # None inside a traced function
    finite: bool | None = None
    tensor: str | None = None


@dataclass(frozen=True, slots=True)
class GradientCall:
    """One `tape.gradient(target, sources)` made by the learner's code."""

    serial: int
    step: int
    line: int | None
    in_graph: bool
    target: str | None
    target_kind: Literal["tensor", "list", "array", "none", "other"]
    target_shape: Shape
    target_dtype: str
    sources: tuple[Source, ...]
    gradients: tuple[Gradient, ...]
    watched: tuple[str, ...]
    tape_line: int | None = None  # the `with` line
    tape_end_line: int | None = None  # last line the learner ran inside the block


@dataclass(frozen=True, slots=True)
class Pair:
    """One (gradient, variable) pair handed to an optimizer."""

    variable: str
    gradient_of: str | None  # the variable whose gradient this tensor is; None when it was computed further
    gradient_call: int | None
    present: bool
    variable_kind: Literal["variable", "tensor", "array", "other"] = "variable"


@dataclass(frozen=True, slots=True)
class Update:
    """One call that hands gradients to an optimizer."""

    serial: int
    step: int
    line: int | None
    method: str  # "apply_gradients" or "apply"
    optimizer: str
    in_graph: bool
    pairs: tuple[Pair, ...]
    argument: Literal["pairs", "gradients", "other"] = "pairs"
    error: str = ""  # class of the exception this call raised, if it did


@dataclass(frozen=True, slots=True)
class Call:
    """One outermost call of a Keras layer or model by the learner's code."""

    step: int
    line: int | None
    name: str
    method: Literal["call", "predict", "fit", "evaluate", "train_on_batch"]
    recording: bool
    training: bool | None
    in_graph: bool = False


@dataclass(frozen=True, slots=True)
class Op:
    """One TensorFlow operation of the first step, by any code, with the learner's line that led to it."""

    type: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    dtype: str  # of the first output
    shape: Shape
    line: int | None
    recording: bool
    variable: str | None = None  # the variable a ReadVariableOp reads, or an assignment writes
    in_graph: bool = False
    input_shapes: tuple[Shape, ...] = ()
    numbers: Numbers | None = None  # of the first output, where a script was looked at eagerly
    # Where the Keras layer was made that ran this, when the layer itself holds no line of the user's.
    layer_line: int | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """A tensor whose value was taken out of TensorFlow (`.numpy()`, `np.mean(t)`, `float(t)`)."""

    tensor: str
    line: int | None
    how: str
    recording: bool


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of the model over the whole run."""

    name: str
    shape: Shape
    trainable: bool
    moved: bool
    change: float = 0.0  # ||after - before|| / (||before|| + 1e-12)
    # cosine between the first step's change and minus the gradient the learner's own tape gave for it
    first_cosine: float | None = None
    # cosine between that gradient and the task's own gradient at the same weights and batch
    reference_cosine: float | None = None
    # cosine between the first step's change and minus the task's own gradient (also inside tf.function)
    update_cosine: float | None = None


@dataclass(frozen=True, slots=True)
class Optimizer:
    """One optimizer that was made or used during the run."""

    name: str
    kind: str
    given: bool  # made by the task, not by the learner's file
    created_step: int | None
    created_line: int | None
    iterations: int | None
    learning_rate: float | None = None
    updates: int = 0  # calls of apply that reached it
    variables: tuple[int, ...] = ()  # numbers, within this run, of the variables that the first of them updated


@dataclass(frozen=True, slots=True)
class Mode:
    """A layer that behaves differently in training (dropout, batch normalization), as it was called."""

    layer: str
    kind: str
    recorded_calls: int  # calls while a tape was recording
    trained_calls: int  # of these, the calls with training=True
    line: int | None = None  # the learner's line of the first recorded call without it


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """The learner's first gradient against the task's own, at the same weights and the same batch."""

    norm_ratio: float  # learner's global norm / task's
    cosine: float  # over all variables that have both
    batch_size: int
    loss: float  # the task's loss there
    reported: float | None  # what the learner's loss said there
    step_ratio: float | None = None  # length of the learner's first step / that of the task's own optimizer


@dataclass(frozen=True, slots=True)
class Returned:
    """What the learner's entry function gave back at the first step."""

    kind: str  # "tensor", "float", "none", "tuple", "model", ...
    shape: Shape = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Everything observed during one training."""

    seed: int
    source: str = ""  # the learner's file, as it ran
    error: Failure | None = None
    start_loss: float | None = None  # before the first step; None when the model was not built yet
    epochs: tuple[Epoch, ...] = ()
    steps: int = 0
    batch_size: int = 0
    batches_per_epoch: int = 0
    # who owns the loop: the harness, the learner, Keras, nobody (a plain function), or a whole script
    loop: Literal["step", "loop", "fit", "function", "script"] = "step"
    variables: tuple[Variable, ...] = ()
    optimizers: tuple[Optimizer, ...] = ()
    modes: tuple[Mode, ...] = ()
    gradient_calls: tuple[GradientCall, ...] = ()  # the first few; counted below
    gradient_call_count: int = 0
    updates: tuple[Update, ...] = ()
    update_count: int = 0
    repeated_updates: int = 0  # updates that applied gradient objects an earlier update had applied already
    dropped_gradients: int = 0  # gradient calls whose result reached no update, in loops that do update
    calls: tuple[Call, ...] = ()
    ops: tuple[Op, ...] = ()
    leaves: tuple[Leave, ...] = ()
    inputs_changed: tuple[str, ...] = ()  # names of the data arrays whose bits changed
    built_at_start: bool = True
    check: GradientCheck | None = None
    returned: Returned | None = None
    facts: dict[str, Value] = field(default_factory=dict)  # numbers a task's own experiment measured
    unobserved: tuple[str, ...] = ()  # what could not be seen, in words
    seen: Seen | None = None  # of a whole script
    # The same script's first steps run eagerly by a second process, with the values that a graph keeps to itself.
    look: Seen | None = None
    later_ops: tuple[Op, ...] = ()  # of the look's steps after the first


# ------------------------------------------------------------------------------------------- what is concluded


@dataclass(frozen=True, slots=True)
class Goal:
    """A number the verifier recomputed, and whether it is good enough."""

    name: str
    value: float | None
    limit: float | None
    comparison: Literal[">=", "<=", "==", "in"]
    met: bool
    words: str = ""  # one sentence for the learner, when it is not met


@dataclass(frozen=True, slots=True)
class Answer:
    """One literal of a question file, judged against the live run."""

    name: str
    text: str  # the question
    given: str
    right: bool
    expected: str  # shown only once it is right or given up
    reason: str  # why, for the option that was given


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an experiment's own table (exercises that measure rather than train)."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A small table an experiment measured live."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """What judged: package and library versions; empty where nothing was run."""

    trainwhy: str
    tensorflow: str = ""
    keras: str = ""
    python: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Verdict, epochs and findings of one file: all that any face shows."""

    path: str
    exercise: str | None
    outcome: Outcome
    verdict: Verdict | None
    seconds: float
    title: str = ""
    source: str = ""
    error: Failure | None = None
    start_loss: float | None = None
    epochs: tuple[Epoch, ...] = ()
    reference: tuple[Epoch, ...] = ()  # the reference solution, same seed, same machine
    findings: tuple[Finding, ...] = ()
    goals: tuple[Goal, ...] = ()
    answers: tuple[Answer, ...] = ()
    tables: tuple[Table, ...] = ()
    output: str = ""  # what the learner's program printed, control sequences removed
    output_dropped: int = 0  # bytes beyond the cap
    seeds: tuple[int, ...] = ()
    sandbox: str = "none"
    versions: Versions = Versions("")
    notes: tuple[str, ...] = ()
    trend: str = ""  # "falls", "same", "rises", "nan" or "": what the loss did
    files: tuple[tuple[str, int], ...] = ()  # of a script: its files, and the line before each one's first
    texts: dict[str, str] = field(default_factory=dict)  # of a script: its further files that spans point into


# ------------------------------------------------------------------------------------------- what is asked


@dataclass(frozen=True, slots=True)
class Script:
    """A script of the user's own, and how much of its training is to be seen."""

    path: str  # absolute
    folder: str  # where it runs: its own
    arguments: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    steps: int | None = None
    epochs: int | None = None
    seconds: float | None = None  # of training, counted from its first step
    look: bool = False  # run functions eagerly and stop after the first steps
    function: str = ""  # check this function alone, ...
    shapes: tuple[str, ...] = ()  # ... with input made for it
    confined: bool = False  # run it in a sandbox with limits, as an exercise; it can write in a copy of its folder only
    pristine: str = ""  # a copy of its folder from before it ran, of which a replay makes its own; "" runs in place


@dataclass(frozen=True, slots=True)
class Request:
    """One job for a worker: train the learner's file, measure an experiment, or judge weights."""

    job: Literal["train", "experiment", "judge", "describe", "script", "promise"]
    exercise: str  # folder of the exercise; "" with `practice`; the name of a promise
    practice: str = ""  # a practice model instead of an exercise (examples of diagnoses)
    source: str = ""  # text of the learner's file
    name: str = "exercise.py"  # how the file is called in messages
    entry: str = ""  # "train_step(model, optimizer, x, y)"; "" finds train_step or train by name
    seed: int = 0
    more_seeds: tuple[int, ...] = ()  # the same again with these, one after another in the same process
    epochs: int = 5
    intervention: str = ""
    more_interventions: tuple[str, ...] = ()  # one for each of `more_seeds`, where it is another than the first one's
    observe: bool = True
    answers: dict[str, str] = field(default_factory=dict)  # literals of a question file, as Python text
    artifact: str = ""  # folder where trained weights are left (train) or found (judge), as `<seed>.npz`
    told: str = ""  # folder where a function's worker and its verifier find what is asked; no worker writes into it
    over: str = ""  # file that tells the verifier, and nobody else, that the worker's processes are dead
    varied: bool = False  # train on, or judge, the variant of the task that each seed gives
    deadline: float = 20.0  # seconds for each seed, after the import
    needs_sandbox: bool = False  # run nothing of the learner's where the sandbox is not whole
    script: Script | None = None  # with job "script"

    @property
    def seeds(self) -> tuple[int, ...]:
        """Every seed of the job, in order."""
        return (self.seed, *self.more_seeds)

    @property
    def interventions(self) -> tuple[str, ...]:
        """What is done to the training with each seed."""
        return (self.intervention, *(self.more_interventions or [self.intervention] * len(self.more_seeds)))


@dataclass(frozen=True, slots=True)
class Started:
    """The worker is ready and is about to run the learner's file."""

    tensorflow: str
    keras: str
    sandbox: str = "none"
    python: str = ""


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """One more row of the table."""

    epoch: Epoch
    start_loss: float | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """The run, complete; the last thing a training worker says."""

    run: Run


@dataclass(frozen=True, slots=True)
class Measured:
    """What an experiment, a description or a judgement found."""

    answers: tuple[Answer, ...] = ()
    goals: tuple[Goal, ...] = ()
    tables: tuple[Table, ...] = ()
    facts: dict[str, Value] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """From here on the learner's code runs in that process, and whatever the process says of itself may be theirs."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The learner's file has run; its function waits for what it is to be called with."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the learner's function returned, one JSON text for each seed it was asked for; the verifier reads them."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """A piece of what the learner's program printed, control sequences removed."""

    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How the process ended, said by its parent; always the last event."""

    outcome: Outcome
    seconds: float
    failure: Failure | None = None
    output: str = ""
    output_dropped: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceReady:
    """The reference solution's rows are known (said by the core, not by a worker)."""

    epochs: tuple[Epoch, ...]
    start_loss: float | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """What is being done now that no rows appear (said by the core, not by a worker).

    `clear` says that the first steps of a script have already shown a cause, while it is still being watched.
    """

    name: Literal["proving", "judging", "clear"]
    of: str = ""  # the code that is being proven, or that is clear
    words: str = ""


Event = Union[Started, Begun, EpochEnded, Observed, Measured, Loaded, Answered, Output, Ended]
Progress = Union[Event, ReferenceReady, Phase]
