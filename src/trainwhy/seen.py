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
class Seen:
    """Everything seen of a script beside the plain record of its steps."""

    files: tuple[tuple[str, int], ...] = ()  # (path relative to the script's folder, line before its first)
    stopped: str = ""  # "" when the script ran to its end, else which limit ended it: steps, epochs, seconds
    seconds: float = 0.0  # of training that were observed
    steps: tuple[StepSeen, ...] = ()  # the first 200 and the last of every epoch
    epochs: int = 0
    empty_epochs: int = 0  # turns of the outer loop after the last step
    losses: tuple[LossCall, ...] = ()
    models: tuple[ModelSeen, ...] = ()
    compiles: tuple[CompileSeen, ...] = ()
    fits: tuple[FitSeen, ...] = ()
    functions: tuple[FunctionSeen, ...] = ()
    metrics: tuple[MetricSeen, ...] = ()
    datasets: tuple[DatasetOp, ...] = ()
    iterators: tuple[IteratorSeen, ...] = ()
    warnings: tuple[str, ...] = ()  # what Keras and TensorFlow warned of
    facts: dict[str, Value] = field(default_factory=dict)  # single numbers, named by the probe that measured them
