"""What was seen of a whole script: its models, fits, losses, metrics and data, as frozen plain data.

A part of the vocabulary in `results`: standard library only, no TensorFlow types. Lines count through all files of the
script, its own first (`Script.files` says where each begins). `step` counts optimizer steps of the script from 0,
`epoch` the turns of the loop around them. What could not be seen is `None` or empty, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Union

Shape = tuple[Union[int, None], ...]
Value = Union[bool, int, float, str, None]


@dataclass(frozen=True, slots=True)
class Numbers:
    """One array, summed up. Extremes and means are over its finite values; None when it has none."""

    shape: Shape
    dtype: str
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    deviation: float | None = None
    nans: int = 0
    infinities: int = 0
    whole: bool = False  # every value is a whole number
    distinct: int = 0  # different values, counted up to 1000
    row_sums: tuple[float, float] | None = None  # smallest and largest sum over the last axis
    # smallest and largest standard deviation of one column (last axis), and the largest |mean| of one
    column_deviations: tuple[float, float] | None = None
    column_mean: float | None = None
    near_zero: float = 0.0  # share of values within 0.0067 of 0 (where a sigmoid is flat)
    near_one: float = 0.0  # share of values whose size is above 0.9933 (where sigmoid and tanh are flat)
    zero_columns: float | None = None  # share of columns (last axis) that are 0 on every row


@dataclass(frozen=True, slots=True)
class StepSeen:
    """One optimizer step."""

    step: int
    epoch: int
    loss: float | None = None  # value of what the tape was asked about; inside `fit` the epoch's running mean
    gradient: float | None = None  # global norm; None inside a traced function
    learning_rate: float | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class LossCall:
    """One meeting of targets and predictions in a loss function of Keras or TensorFlow."""

    step: int
    line: int | None
    kind: str  # "sparse_categorical_crossentropy", "mean_squared_error", ...; "custom" for a loss of one's own
    owner: str  # class or function that was called
    from_logits: bool | None = None
    axis: int | None = None
    reduction: str = ""
    y_true: Numbers | None = None
    y_pred: Numbers | None = None
    value: Numbers | None = None
    recording: bool = False
    in_fit: bool = False
    in_graph: bool = False
    true_key: str | None = None  # tensor keys, to be followed through `Run.ops`
    pred_key: str | None = None
    value_key: str | None = None
    weighted: bool = False  # a sample_weight was given
    model: int | None = None  # number of the model whose `fit` called it
    made_line: int | None = None  # where the loss object was made, by the script itself
    error: str = ""  # class of the exception that this call raised


@dataclass(frozen=True, slots=True)
class LayerSeen:
    """One layer of a model, in the order of the model."""

    name: str
    kind: str
    trainable: bool = True
    parameters: int = 0
    activation: str = ""
    config: dict[str, Value] = field(default_factory=dict)  # plain settings: units, rate, from config()
    initializers: tuple[str, ...] = ()
    given: Numbers | None = None  # input at the first batch that was looked at
    made: Numbers | None = None  # output there
    dead: float | None = None  # share of its units that are 0 on every row looked at, at the end
    dead_at_start: float | None = None
    gradient: float | None = None  # root mean square of its variables' gradients at the first step
    made_at_end: Numbers | None = None
    lines: tuple[int, ...] = ()  # user lines that led to its making, innermost first
    weights: tuple[str, ...] = ()  # names of its own variables, as in `Seen.weights`
    made_key: str | None = None  # tensor key of `made`


@dataclass(frozen=True, slots=True)
class WeightSeen:
    """One variable: its values before the first step, its first gradient, and how alike its columns are."""

    name: str
    shape: Shape
    trainable: bool = True
    lines: tuple[int, ...] = ()  # user lines that led to its making, innermost first
    layer: str = ""  # name and kind of the layer that owns it
    kind: str = ""
    start: Numbers | None = None
    end: Numbers | None = None
    gradient: float | None = None  # root mean square of its gradient at the first step; None without one
    # different columns (last axis), counted up to rounding: before the first step, of its gradient there, at the end
    columns_at_start: int | None = None
    columns_of_gradient: int | None = None
    columns_at_end: int | None = None
    drawn_line: int | None = None  # where the initializer object that filled it was made, by the script itself
    twin: str = ""  # an earlier variable that began with the very same values, not all equal


@dataclass(frozen=True, slots=True)
class ModelSeen:
    """One model (or outermost layer) that was called or fitted."""

    number: int
    name: str
    kind: str
    line: int | None = None  # where it was made
    made_epoch: int | None = None  # epoch and step in which it was made
    made_step: int = 0
    compiled: bool = False
    variables: int = 0
    trainable: int = 0
    parameters: int = 0
    layers: tuple[LayerSeen, ...] = ()
    outputs: Numbers | None = None  # at the first batch that was looked at, weights as they began
    outputs_at_end: Numbers | None = None
    steps: int = 0  # optimizer steps that moved one of its variables
    made_key: str | None = None  # tensor key of what its first recorded call made


@dataclass(frozen=True, slots=True)
class CompileSeen:
    """One call of `compile`."""

    line: int | None
    model: int
    step: int
    epoch: int
    optimizer: int | None  # number of the optimizer
    loss: str = ""
    metrics: tuple[str, ...] = ()
    trainable: tuple[str, ...] = ()  # paths of the variables that were trainable then
    loop_line: int | None = None  # the line in the innermost loop that led here
    again: bool = False  # trained before, weights untouched since: the training goes on
    settings: str = ""  # of the optimizer, as text
    iterations_before: int | None = None  # of the optimizer that was there until now
    iterations: int | None = None


@dataclass(frozen=True, slots=True)
class FitSeen:
    """One call of `fit`, or all calls of `train_on_batch` from one line."""

    line: int | None
    model: int
    method: str = "fit"
    step: int = 0  # of the script, when it began
    steps: int = 0
    epochs_asked: int | None = None
    batch_size: int | None = None
    steps_per_epoch: int | None = None
    shuffle: bool | None = None
    given: str = ""  # "arrays", "dataset", "generator", "pydataset"
    x: Numbers | None = None
    y: Numbers | None = None
    validation_split: float = 0.0
    validation: bool = False
    class_weight: bool = False
    history: dict[str, tuple[float, ...]] = field(default_factory=dict)
    steps_of_epochs: tuple[int, ...] = ()
    iterations_before: int | None = None
    iterations_after: int | None = None
    trainable: tuple[str, ...] = ()  # paths at the moment of this fit
    optimizer: int | None = None
    stopped: bool = False  # ended early by trainwhy
    run_eagerly: bool = False


@dataclass(frozen=True, slots=True)
class FunctionSeen:
    """One `tf.function` of the script (or of a library, when the script called it)."""

    name: str
    line: int | None
    calls: int
    traces: int
    trains: bool = False  # a tape was asked for gradients inside
    made_line: int | None = None  # where `tf.function` was applied
    call_line: int | None = None  # where it was called first


@dataclass(frozen=True, slots=True)
class MetricSeen:
    """One metric object that the script updated itself, or that Keras did."""

    name: str
    kind: str
    line: int | None  # where it was first updated
    by_keras: bool
    updates: tuple[tuple[int, int], ...] = ()  # (epoch, how many updates)
    resets: int = 0
    results: tuple[tuple[int, float], ...] = ()  # (epoch, value) each time it was read, the first 200
    result_line: int | None = None
    y_true: Numbers | None = None
    y_pred: Numbers | None = None
    threshold: float | None = None
    made_line: int | None = None  # where the script made it; None when Keras did
    between: float | None = None  # share of its first predictions that lie between 0 and the threshold
    # (epoch, value, what the metric holds: rows or updates it averages over) each time it was read, the first 200;
    # of a metric that a graph reads: at the end of every epoch, with the value None
    held: tuple[tuple[int, float | None, float], ...] = ()
    property_line: int | None = None  # of the script's own `metrics` property, where that leaves this metric out
    steps_at: tuple[int, ...] = ()  # steps of the script that were over at each of these readings
    last: float | None = None  # what it held when the script was over, or was ended


@dataclass(frozen=True, slots=True)
class DatasetOp:
    """One transformation of a `tf.data.Dataset` asked for by the script."""

    number: int  # of the dataset it made
    of: int | None  # of the dataset it was asked of
    name: str  # "from_tensor_slices", "shuffle", "batch", "repeat", "map", "take", "skip", ...
    line: int | None
    arguments: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IteratorSeen:
    """One iterator over a dataset or generator that the script drew batches from."""

    line: int | None
    dataset: int | None
    batches: int
    ended: bool = False
    asked_after_end: int = 0
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class HeldSeen:
    """Rows that a training did not learn from but was measured on: validation of a fit, or of a loop of one's own."""

    rows: int
    line: int | None  # where they were given to the model
    made_line: int | None = None  # where they were cut out of larger data
    split: str = ""  # "validation_split", "validation_data", "loop"
    named: bool = False  # the script calls them validation, by an argument of Keras or by a name of its own
    dataset: int | None = None
    shared: int = 0  # rows whose inputs are among the training rows
    expected: float = 0.0  # share that would be shared by chance: training rows that have a twin in training
    again: int = 0  # rows shared only when both were drawn anew: a split that is redrawn
    labels: tuple[tuple[int, int], ...] = ()  # (class, rows)
    missing: int = 0  # rows of classes that training does not have
    distance: float = 0.0  # between the shares of the classes here and in training, 0 to 1
    losses: tuple[float, ...] = ()  # after each epoch, where the script computed it itself


@dataclass(frozen=True, slots=True)
class FeedSeen:
    """What one fit, or one loop of the script's own, was fed with."""

    line: int | None  # of the fit, or of the call of the model
    given: str  # "arrays", "dataset", "generator", "pydataset", "batches"
    model: int | None = None
    dataset: int | None = None
    batch_size: int = 0
    rows: int = 0  # that were kept, in the order in which they were fed
    x: Numbers | None = None
    y: Numbers | None = None
    spread: tuple[float, float, float] | None = None  # of the columns: smallest, largest deviation, largest |mean|
    bad_rows: int = 0  # whose inputs hold NaN or infinity
    bad_targets: int = 0
    labels: tuple[tuple[int, int], ...] = ()  # (class, rows); empty where targets are no classes
    mixed: float | None = None  # variety of targets inside a batch over that of all, 0 to 1
    changes: float | None = None  # share of batches whose most frequent target differs from the batch before
    sorted: float | None = None  # agreement of neighbouring targets beyond chance, 0 to 1
    ordered: bool = False  # every epoch came in the same order
    steps: int = 0  # whose batches were compared
    distinct: int = 0  # different batches among them
    cycle: int = 0  # different batches in the busiest epoch
    available: int = 0  # rows the script had to draw from, where that is known
    weighted: bool = False  # with class or sample weights
    predicted: tuple[tuple[int, int], ...] = ()  # (class, rows) that the model says at the end
    recalls: tuple[tuple[int, float], ...] = ()  # (class, share of its rows that are recognised) at the end
    separable: float | None = None  # how well a linear rule tells the rarest class apart (area, 0.5 is chance)
    held: tuple[HeldSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class DataFault:
    """Something that happened to data before it was fed, on a line of the script. Seen in the look only."""

    kind: str  # "nan", "overflow", "scrambled", "torn"
    line: int | None
    other_line: int | None = None
    share: float = 0.0  # of the values (or rows) it happened to
    before: float | None = None
    after: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class HeadSeen:
    """One meeting of targets and predictions while a tape recorded: what a loss is given, and what gave it.

    Shares are of the values at that step. Ranges are by construction: what the operations behind the prediction allow.
    """

    step: int
    line: int | None  # of the loss call
    loss: str  # "binary_crossentropy", "mean_squared_error", ...
    family: str  # "binary", "categorical", "sparse", "regression"
    owner: str  # class or function that was called; "" for a loss written by hand
    made_line: int | None = None  # where the loss was made: its constructor, or the `compile` that named it
    from_logits: bool = False
    dug: bool = False  # Keras took the logits from behind the activation
    in_graph: bool = False
    in_fit: bool = False
    weighted: bool = False
    activation: str = ""  # operation that made the prediction, behind reshapes
    activation_line: int | None = None
    layer: str = ""  # kind of the library layer that ran it
    layer_line: int | None = None  # where that layer was made
    low: float | None = None  # lowest reachable prediction; None when there is no bound
    high: float | None = None
    bound: str = ""  # operation that bounds the prediction, behind picking and weighting
    bound_line: int | None = None
    bound_layer_line: int | None = None
    y_true: Numbers | None = None
    y_pred: Numbers | None = None
    outside: float | None = None  # share of predictions below 0 or above 1
    negative: float | None = None  # share of predictions below 0
    clipped: float | None = None  # share of predictions at or beyond 0 and 1: no gradient comes through a clip there
    spread: float | None = None  # standard deviation of the predictions
    labels_outside: float | None = None  # share of targets below 0 or above 1
    beyond: float | None = None  # share of targets out of reach of the prediction
    beyond_error: float | None = None  # squared distance of the targets from what is in reach, over their variance
    labels_each: tuple[float, float] | None = None  # fewest and most labels that one row carries
    row_sums: tuple[float, float] | None = None  # of the probabilities that the loss works with
    echo: bool = False  # the targets are an input of the model


@dataclass(frozen=True, slots=True)
class Stretch:
    """One operation on the way to a loss where broadcasting stretched the targets against what the weights made."""

    # "outer": every row meets every row; "column": one column of the targets meets several outputs, or the reverse
    kind: str
    step: int
    line: int | None
    gradient_line: int | None
    type: str
    prediction: Shape
    target: Shape
    made: Shape
    prediction_line: int | None = None  # where the two operands were made
    target_line: int | None = None
    told_apart: bool = False  # later the stretched columns are treated differently from each other
    pairwise: bool = False  # the same loss compares all rows with all rows on purpose, too


@dataclass(frozen=True, slots=True)
class Meeting:
    """Targets and predictions meeting in a loss, and which way its gradient pushes the predictions."""

    step: int
    call: int  # number of the gradient call
    line: int | None
    gradient_line: int | None
    kind: str  # "difference", "log_probability", "overlap", "loss" (one of the library's), "weight" (nothing is known)
    type: str
    elements: int
    agreement: float | None  # 1: minimising brings predictions to targets; -1: drives them apart; None: not known
    flipped_line: int | None = None  # where the sign of something that is never negative is turned round
    loss_line: int | None = None  # the last operation that made the loss
    left_out: int = 0  # trainable variables the loss depends on that the gradient was not asked for


@dataclass(frozen=True, slots=True)
class OptimizerSeen:
    """One optimizer of the script: made where and when, and which weights it was given."""

    number: int
    kind: str
    line: int | None
    lines: tuple[int, ...] = ()  # the user's lines that led there, outermost first
    loop_line: int | None = None  # the line inside the innermost loop that led there
    step: int = 0
    epoch: int = 0
    in_graph: bool = False
    updates: int = 0  # calls that were seen; a traced function counts once
    first_step: int | None = None
    last_step: int | None = None
    first_epoch: int | None = None
    last_epoch: int | None = None
    variables: tuple[str, ...] = ()
    learning_rate: float | None = None
    start: float | None = None  # what the weights summed up to when it was made
    by_keras: bool = False
    apply_lines: tuple[int, ...] = ()  # lines that led to its first update, outermost first
    error: str = ""  # class of the exception an update raised ...
    error_lines: tuple[int, ...] = ()  # ... the lines that led there ...
    strangers: int = 0  # ... and how many of the variables it was given then it had never seen
    given: int = 0


@dataclass(frozen=True, slots=True)
class Trainee:
    """One set of weights that gradients were asked for, as long as it was trained."""

    shapes: tuple[Shape, ...]
    line: int | None  # the line inside the innermost loop in which it was made
    step: int
    epoch: int
    first_step: int
    last_step: int
    first_epoch: int
    last_epoch: int
    learning_rate: float | None = None
    used_after: bool = False  # called outside training after its last step
    seeds: int = 0  # times the script set a random seed before


@dataclass(frozen=True, slots=True)
class DrainedSeen:
    """An iterator from before a loop that is named inside it and had nothing left after the first turns."""

    name: str  # as the script writes it
    kind: str  # "generator", "zip", ...
    line: int | None  # where the loop draws from it
    made_line: int | None = None
    empty: int = 0  # turns of the outer loop in which nothing was trained any more


@dataclass(frozen=True, slots=True)
class RateSeen:
    """The learning rate of one optimizer that was used, over the steps of the script."""

    optimizer: str
    line: int | None  # where the optimizer was made
    # (step, rate): measured now and then; of a schedule also worked out for every step of the training as planned
    trace: tuple[tuple[int, float], ...] = ()
    planned: int = 0  # steps of the whole training, as far as known
    schedule: str = ""  # class of the schedule, "" for a plain number
    schedule_line: int | None = None
    function_line: int | None = None  # of a function given to `LearningRateScheduler`, its first
    set_line: int | None = None  # where the script itself last set the rate
    epsilon: float | None = None
    dtype: str = ""  # of the variables it updates
    stateful: bool = False  # it remembers more than the number of its steps


@dataclass(frozen=True, slots=True)
class AttributeSeen:
    """An attribute that the script set on an optimizer, which had none of that name, while the rate stayed."""

    optimizer: str
    name: str
    line: int | None
    step: int
    value: float
    rate: float  # of the optimizer at the next step, or at the end
    times: int = 1


@dataclass(frozen=True, slots=True)
class PhaseSeen:
    """Steps between two changes of `trainable` made while the training was on; the first begins with the script."""

    step: int
    steps: int
    toggles: tuple[tuple[int, str, bool], ...] = ()  # (line, layer, value) set since the phase before
    open: tuple[str, ...] = ()  # trainable variables of the models that were trained in it
    opened: tuple[str, ...] = ()  # of these, what was frozen in the phase before
    frozen: tuple[str, ...] = ()  # variables open in the phase before, and not any more
    moved: tuple[str, ...] = ()  # variables of these models that moved in it
    compiled: bool = False  # one of the models was compiled since the phase before
    line: int | None = None  # of the first `fit` or `train_on_batch` in it


@dataclass(frozen=True, slots=True)
class UntrackedSeen:
    """A variable that a tape saw, held by a layer that does not list it; nobody asked for its gradient."""

    name: str
    owner: str  # class of the layer that holds it
    attribute: str
    shape: Shape
    line: int | None = None  # where it was made
    gradient: float | None = None  # root mean square, where a look could ask for it
    moved: bool = False


@dataclass(frozen=True, slots=True)
class ResumeSeen:
    """A new optimizer began with weights that a training of the same script had reached and kept."""

    step: int
    load_line: int | None
    save_line: int | None
    loaded: str  # how: "load_weights", "restore", ...
    iterations_kept: int  # of the optimizer whose training reached the weights
    iterations: int  # at which the new optimizer began
    same: bool  # both have the same class and settings
    optimizer_line: int | None = None
    steps: int = 0  # of the new optimizer, counted


@dataclass(frozen=True, slots=True)
class PenaltySeen:
    """What a model adds to its loss by itself (regularizers, `add_loss`), while a tape was asked for its weights."""

    model: int
    name: str
    asked: int  # gradient calls for weights of this model
    line: int | None  # of the first of them
    value: float = 0.0  # largest penalty in the steps that were looked at
    reads: int = 0  # times `losses` was read while a tape recorded
    by_hand: int = 0  # times the script called a regularizer itself
    keys: tuple[str, ...] = ()  # the tensors that `losses` gave at the first step
    targets: tuple[str, ...] = ()  # what the tape was asked about there
    at_end: float | None = None  # penalty of the weights when the script was over


@dataclass(frozen=True, slots=True)
class TrainingCall:
    """A line outside every tape that runs a trained model in training mode, after the training began."""

    line: int | None
    model: str
    kinds: tuple[str, ...]  # of the layers that ran in training mode there
    calls: int
    evaluating: bool = False  # inside `evaluate` or the validation of `fit`
    in_training_loop: bool = False  # it stands in the same innermost loop as the training step
    repeated: bool = False  # the same rows several times between two steps: averaging over dropout masks
    alone: bool = True  # no other model is trained
    rank: int = 0  # of the outputs
    difference: float | None = None  # between two such calls on the same rows, mean absolute
    size: float | None = None  # mean absolute output, beside it
    step: int = 0  # steps that had begun at the first of these calls


@dataclass(frozen=True, slots=True)
class LossArguments:
    """The two arguments of a loss at the first step, by the keys of their tensors. Seen in the look only."""

    line: int | None
    name: str
    true_key: str | None
    pred_key: str | None
    value: float | None = None
    swapped: float | None = None  # the same loss with its arguments the other way round


@dataclass(frozen=True, slots=True)
class ReadingSeen:
    """One list of a model's variables that was read before the model had all of them."""

    line: int | None
    model: str
    count: int  # variables there were
    missing: tuple[str, ...]  # trainable ones that came later


@dataclass(frozen=True, slots=True)
class Captured:
    """Something of Python that a traced function reads or does, beside how often the function ran."""

    kind: str  # "value": read at tracing and changed later; "count", "append", "print": done at tracing only
    name: str  # as the script writes it
    function: str
    line: int | None
    calls: int
    times: int  # calls with an outdated value; calls in which the effect happened
    traces: int = 0
    symbolic: bool = False  # a tensor without a value was printed or kept
    old: float | None = None
    new: float | None = None
    step: int = 0  # steps that had begun at the first call with an outdated value


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything seen of a script beside the plain record of its steps."""

    files: tuple[tuple[str, int], ...] = ()  # (path relative to the script's folder, line before its first)
    stopped: str = ""  # "" when the script ran to its end, else which limit ended it: steps, epochs, seconds
    seconds: float = 0.0  # of training that were observed
    steps: tuple[StepSeen, ...] = ()  # the first 200 and the last of every epoch
    epochs: int = 0
    empty_epochs: int = 0  # turns of the outer loop after the last step
    losses: tuple[LossCall, ...] = ()
    heads: tuple[HeadSeen, ...] = ()
    models: tuple[ModelSeen, ...] = ()
    compiles: tuple[CompileSeen, ...] = ()
    fits: tuple[FitSeen, ...] = ()
    functions: tuple[FunctionSeen, ...] = ()
    metrics: tuple[MetricSeen, ...] = ()
    weights: tuple[WeightSeen, ...] = ()
    targets: tuple[
        Numbers, ...
    ] = ()  # whole-numbered arrays that may hold all targets: of fit, of a dataset, of eager losses
    datasets: tuple[DatasetOp, ...] = ()
    iterators: tuple[IteratorSeen, ...] = ()
    drained: tuple[DrainedSeen, ...] = ()
    captured: tuple[Captured, ...] = ()
    arguments: tuple[LossArguments, ...] = ()
    training_calls: tuple[TrainingCall, ...] = ()
    penalties: tuple[PenaltySeen, ...] = ()
    feeds: tuple[FeedSeen, ...] = ()
    faults: tuple[DataFault, ...] = ()
    made: tuple[tuple[str, int], ...] = ()  # ("x" or "y", line) where the arrays that are fed were made
    stretches: tuple[Stretch, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    optimizers: tuple[OptimizerSeen, ...] = ()
    trainees: tuple[Trainee, ...] = ()
    warnings: tuple[str, ...] = ()  # what Keras and TensorFlow warned of
    rates: tuple[RateSeen, ...] = ()
    attributes: tuple[AttributeSeen, ...] = ()
    phases: tuple[PhaseSeen, ...] = ()
    untracked: tuple[UntrackedSeen, ...] = ()
    resumes: tuple[ResumeSeen, ...] = ()
    facts: dict[str, Value] = field(default_factory=dict)  # single numbers, named by the probe that measured them
    readings: tuple[ReadingSeen, ...] = ()
