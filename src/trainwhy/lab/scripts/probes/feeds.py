"""What training and validation are fed with, in the order in which they are: kept on the way, reckoned up at the end.

Tensors are kept by reference, arrays are copied, generators are handed through; datasets and sequences are read once
more when the script is over. Nothing here draws a random number or adds an operation to the script's graphs.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts import reckoning, sites
from trainwhy.lab.scripts.probes.datasets import iterator_class
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession

MOST = 12  # streams, and measurements beside each
STEPS = 3000  # batches of one stream
BYTES = 200_000_000


@dataclass
class Batch:
    """One batch as it was fed."""

    epoch: int
    x: Any
    y: Any
    base: int = 0  # rows of the array it is a view of


@dataclass
class Held:
    """Rows that a model was measured on."""

    line: int | None
    split: str
    x: list[Any] = field(default_factory=list)
    y: list[Any] = field(default_factory=list)
    dataset: Any = None
    site: Any = None  # the call by which it was measured
    epochs: set[int] = field(default_factory=set)
    losses: list[float] = field(default_factory=list)


@dataclass
class Stream:
    """All batches of one fit, or of one loop of the script's own."""

    line: int | None
    given: str
    model: Any = None
    source: Any = None  # a dataset or sequence that is read at the end
    arrays: Any = None  # (x, y) given as a whole
    shuffle: bool = True
    split: float = 0.0
    batch_size: int = 32
    steps_per_epoch: int | None = None
    weighted: bool = False
    batches: list[Batch] = field(default_factory=list)
    held: dict[Any, Held] = field(default_factory=dict)
    bytes: int = 0
    first: tuple[Any, Any] | None = None  # the very objects of the first batch, for the trail
    frames: list[Any] = field(default_factory=list)  # arrays the script had at hand


class Feeds:
    """The streams of one script."""

    def __init__(self, session: ScriptSession) -> None:
        self.session = session
        self.streams: dict[Any, Stream] = {}
        self.pending: list[Any] = [None, None, None, False]  # model, x, y, weighted of the step that is on
        self.drawn: tuple[Any, Any] = (None, None)  # dataset and value last drawn by the script
        self.used = False  # the drawn value was fed already
        self.calls: list[Any] = []  # traced functions being called
        self.places: dict[Any, dict[str, Any]] = {}  # what is known of each traced function
        self.last_held: Held | None = None

    def stream(self, key: Any, line: int | None, given: str, model: Any = None) -> Stream | None:
        """The stream of this name, made when it is new."""
        if key not in self.streams and len(self.streams) < MOST:
            self.streams[key] = Stream(line, given, model)
        return self.streams.get(key)

    def add(self, stream: Stream, x: Any, y: Any) -> None:
        """Keep one batch."""
        x, y = _part(x), _part(y)
        size = _bytes(x) + _bytes(y)
        if x is None or len(stream.batches) >= STEPS or stream.bytes + size > BYTES:
            return
        if stream.first is None:
            stream.first = (x, y)
        stream.bytes += size
        stream.batches.append(Batch(self.session.epoch, _kept(x), _kept(y), _base(x)))

    def commit(self) -> None:
        """The batch of an eager step is complete when its gradient is asked for."""
        model, x, y, weighted = self.pending
        self.pending = [None, None, None, False]
        dataset, value = self.drawn
        if x is None and value is not None and not self.used:
            x, y = _pair(value)
        elif y is None and value is not None and _rows(_pair(value)[1]) == _rows(_part(x)):
            y = _pair(value)[1]
        self.used = True
        if x is None:
            return
        line = self.session.line()
        stream = self.stream(("loop", id(model)), line, "batches", model)
        if stream is not None:
            stream.weighted = stream.weighted or weighted
            stream.source = stream.source if stream.source is not None else dataset
            if y is None:
                y = _beside(self.session, x)
            self.add(stream, x, y)
            if not stream.frames:
                stream.frames = _at_hand(self.session)

    def measured(self, model: Any, x: Any, y: Any) -> None:
        """A model was called outside of training, with what may be validation."""
        stream = next(
            (s for s in self.streams.values() if s.given == "batches" and (s.model is model or model is None)), None
        )
        if stream is None or len(stream.held) > MOST:
            return
        line = self.session.line()
        key = (*sites.key(self.session.files), id(self.drawn[0]))
        if key not in stream.held:
            stream.held[key] = Held(line, "loop", site=sites.site(self.session.files, line))
        held = stream.held[key]
        self.last_held = held
        if len(held.epochs | {self.session.epoch}) > 1 or len(held.x) > STEPS:
            held.epochs.add(self.session.epoch)
            return
        held.epochs.add(self.session.epoch)
        dataset, value = self.drawn
        if value is not None and _rows(_pair(value)[0]) == _rows(_part(x)):
            held.dataset = dataset
            y = _pair(value)[1] if y is None else y
        held.x.append(_kept(_part(x)))
        held.y.append(_kept(_part(y)))


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:  # noqa: ARG001 - the door of every probe
    """Watch every way by which data comes to a model."""
    feeds = Feeds(session)
    session.feeds = feeds  # type: ignore[attr-defined]
    session.wrap(keras.Model, "fit", _fit(session, feeds))
    session.wrap(keras.Model, "train_on_batch", _train_on_batch(session, feeds))
    _watch_calls(session, feeds)
    _watch_functions(session, feeds)
    _watch_iterators(session, feeds)
    _watch_losses(session, feeds)


# ------------------------------------------------------------------------------------------- Keras' own loop


def _fit(session: ScriptSession, feeds: Feeds) -> Callable[..., Any]:
    signature = inspect.signature(keras.Model.fit)

    def wrapper(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running or session.fitting > 1:
            return original(model, *args, **kwargs)
        with session.harness_in_control():
            given = signature.bind(model, *args, **kwargs)
            repaired = dict(given.arguments)
            for repair in session.repairs_fit:  # the data is what the model gets, not what the script gave
                repair(repaired)
            stream = _fitted(session, feeds, model, repaired)
            if stream is not None and stream.given == "generator":
                given.arguments["x"] = _through(feeds, stream, given.arguments["x"])
                args, kwargs = given.args[1:], given.kwargs
        return original(model, *args, **kwargs)

    return wrapper


def _fitted(session: ScriptSession, feeds: Feeds, model: Any, given: dict[str, Any]) -> Stream | None:
    x, y = given.get("x"), given.get("y")
    kind = (
        "dataset"
        if isinstance(x, tf.data.Dataset)
        else "pydataset"
        if isinstance(x, keras.utils.PyDataset)
        else "arrays"
    )
    kind = "generator" if isinstance(x, types.GeneratorType) else kind
    stream = feeds.stream(("fit", len(feeds.streams)), session.line(), kind, model)
    if stream is None:
        return None
    stream.steps_per_epoch = given.get("steps_per_epoch")
    stream.batch_size = int(given.get("batch_size") or 32)
    stream.weighted = given.get("class_weight") is not None or given.get("sample_weight") is not None
    stream.frames = _at_hand(session)
    if kind == "arrays":
        stream.arrays = (_kept(_part(x)), _kept(_part(y)))
        stream.first = (_part(x), _part(y))
        stream.shuffle = bool(given.get("shuffle", True))
        stream.split = float(given.get("validation_split") or 0.0)
    elif kind != "generator":
        stream.source = x
    checked = given.get("validation_data")
    if checked is not None:
        held = stream.held["fit"] = Held(session.line(), "validation_data")
        if isinstance(checked, (tuple, list)):
            held.x, held.y = [_kept(_part(checked[0]))], [_kept(_part(checked[1] if len(checked) > 1 else None))]
            stream.held["fit"].dataset = None
            stream.held["fit"].objects = (_part(checked[0]),)  # type: ignore[attr-defined]
        elif isinstance(checked, (tf.data.Dataset, keras.utils.PyDataset)):
            held.dataset = checked
    return stream


def _through(feeds: Feeds, stream: Stream, generator: Any) -> Iterator[Any]:
    for item in generator:
        pair = _pair(item)
        if isinstance(item, (tuple, list)) and len(item) > 2:  # noqa: PLR2004 - the third are weights
            stream.weighted = True
        feeds.add(stream, *pair)
        yield item


def _train_on_batch(session: ScriptSession, feeds: Feeds) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], model: Any, x: Any, y: Any = None, *args: Any, **kwargs: Any) -> Any:
        if session.running and session.fitting <= 1:
            with session.harness_in_control():
                stream = feeds.stream(("batches", id(model)), session.line(), "batches", model)
                if stream is not None:
                    weights = [*args, *kwargs.values()]
                    stream.weighted = stream.weighted or any(
                        one is not None and not isinstance(one, bool) for one in weights
                    )
                    feeds.add(stream, x, y)
                    if not stream.frames:
                        stream.frames = _at_hand(session)
        return original(model, x, y, *args, **kwargs)

    return wrapper


# ------------------------------------------------------------------------------------------- loops of the script's own


def _watch_calls(session: ScriptSession, feeds: Feeds) -> None:
    depth = [0]

    def call(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not depth[0] and not session.fitting and args:
            with session.harness_in_control():
                _called(session, feeds, layer, args[0])
        depth[0] += 1
        try:
            return original(layer, *args, **kwargs)
        finally:
            depth[0] -= 1

    session.wrap(keras.layers.Layer, "__call__", call)


def _called(session: ScriptSession, feeds: Feeds, layer: Any, x: Any) -> None:
    first = _part(x)
    if feeds.calls:
        place = feeds.places.setdefault(feeds.calls[-1], {})
        if tensors.is_symbolic(first):
            place.setdefault("model", layer)
            place.setdefault("x", _argument(first))
            return
    if tensors.is_symbolic(first) or type(first).__name__ == "KerasTensor":
        return
    if session.recording:
        if feeds.pending[1] is None:
            feeds.pending[:2] = [layer, first]
    elif not feeds.calls:
        feeds.measured(layer, first, None)


def _argument(tensor: Any) -> int | None:
    """Which argument of the traced function a tensor is, straight or after casts and reshapes."""
    for _ in range(8):
        place = next((i for i, given in enumerate(tensor.graph.inputs) if given is tensor), None)
        if place is not None:
            return place
        inputs = [given for given in tensor.op.inputs if given.op.type != "Const"]
        if len(inputs) < 1:
            return None
        tensor = inputs[0]
    return None


def _watch_losses(session: ScriptSession, feeds: Feeds) -> None:
    def heard(said: dict[str, Any], value: Any) -> None:
        target = _part(said.get("y_true"))
        if target is None or session.fitting:
            return
        if feeds.calls and tensors.is_symbolic(target):
            place = feeds.places.setdefault(feeds.calls[-1], {})
            place.setdefault("y", _argument(target))
            place["weighted"] = place.get("weighted", False) or bool(said.get("weighted"))
        elif session.recording and not tensors.is_symbolic(target):
            feeds.pending[2] = target
            feeds.pending[3] = feeds.pending[3] or bool(said.get("weighted"))
        elif not session.recording and feeds.last_held is not None and not tensors.is_symbolic(target):
            _loss_of_held(feeds.last_held, target, value)

    session.hears_losses.append(heard)


def _loss_of_held(held: Held, target: Any, value: Any) -> None:
    if held.y and held.y[-1] is None:
        held.y[-1] = _kept(target)
    if not tensors.is_symbolic(value):
        known = tensors.array(value)
        if known is not None and known.size and len(held.losses) < STEPS:
            held.losses.append(float(np.mean(known)))


def _watch_functions(session: ScriptSession, feeds: Feeds) -> None:
    def gradient(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        for function in feeds.calls:
            feeds.places.setdefault(function, {})["trains"] = True
        if session.running and not session.fitting and not feeds.calls and tf.executing_eagerly():
            with session.harness_in_control():
                feeds.commit()
        return original(*args, **kwargs)

    def call(original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> Any:
        outermost = session.running and not session.fitting and not feeds.calls and tf.executing_eagerly()
        if session.running and not session.looking:
            feeds.calls.append(id(function))
        try:
            result = original(function, *args, **kwargs)
        finally:
            if session.running and not session.looking and feeds.calls:
                feeds.calls.pop()
        if outermost and not session.looking:
            with session.harness_in_control():
                _function_fed(session, feeds, id(function), (args, kwargs), result)
        return result

    session.wrap(tf.GradientTape, "gradient", gradient)
    session.wrap(type(tf.function(lambda: None)), "__call__", call)


def _function_fed(session: ScriptSession, feeds: Feeds, function: int, given: Any, result: Any) -> None:
    place = feeds.places.get(function, {})
    flat = [v for v in _flat(given) if isinstance(v, (tf.Tensor, np.ndarray)) and len(v.shape)]
    every = [v for v in _flat(given) if isinstance(v, (tf.Tensor, np.ndarray))]
    if not flat:
        return
    x = _at(every, place.get("x")) if place.get("x") is not None else flat[0]
    x = flat[0] if x is None else x
    y = _at(every, place.get("y"))
    beside = [v for v in flat if v is not x and _rows(v) == _rows(x)]
    y = y if y is not None and y is not x else next(iter(beside), None)
    if place.get("trains"):
        stream = feeds.stream(("loop", id(place.get("model"))), session.line(), "batches", place.get("model"))
        if stream is not None:
            stream.weighted = stream.weighted or bool(place.get("weighted"))
            dataset, value = feeds.drawn
            if stream.source is None and value is not None and _rows(_pair(value)[0]) == _rows(x):
                stream.source = dataset
            feeds.add(stream, x, y)
            if not stream.frames:
                stream.frames = _at_hand(session)
    elif place.get("model") is not None:
        feeds.measured(place["model"], x, y)
        known = None if tensors.is_symbolic(result) or not isinstance(result, tf.Tensor) else tensors.array(result)
        if known is not None and known.size == 1 and feeds.last_held is not None:
            feeds.last_held.losses.append(float(known))


def _at(values: list[Any], place: Any) -> Any:
    return values[place] if isinstance(place, int) and place < len(values) else None


def _watch_iterators(session: ScriptSession, feeds: Feeds) -> None:
    owners: dict[int, Any] = {}

    def create(original: Callable[..., Any], dataset: Any) -> Any:
        iterator = original(dataset)
        if session.running and session.called_by_learner():
            owners[id(iterator)] = (iterator, dataset)
        return iterator

    def following(original: Callable[..., Any], iterator: Any) -> Any:
        value = original(iterator)
        if session.running and id(iterator) in owners:
            feeds.drawn, feeds.used = (owners[id(iterator)][1], value), False
        return value

    session.wrap(tf.data.Dataset, "__iter__", create)
    session.wrap(iterator_class(), "__next__", following)


# ------------------------------------------------------------------------------------------- small parts


def _flat(value: Any) -> list[Any]:
    try:
        return list(tf.nest.flatten(value))
    except (TypeError, ValueError):
        return []


def _part(value: Any) -> Any:
    """The first array of a structure."""
    if value is None or isinstance(value, (np.ndarray, tf.Tensor)):
        return value
    if hasattr(value, "to_numpy"):
        return value.to_numpy()
    flat = [one for one in _flat(value) if hasattr(one, "shape")]
    if flat:
        return flat[0]
    try:
        found = np.asarray(value)
    except (TypeError, ValueError):
        return None
    return found if found.ndim and found.dtype.kind in "biufUS" else None


def _pair(item: Any) -> tuple[Any, Any]:
    if isinstance(item, (tuple, list)) and len(item) > 1:
        return _part(item[0]), _part(item[1])
    return _part(item), None


def _kept(value: Any) -> Any:
    return np.array(value) if isinstance(value, np.ndarray) else value


def _bytes(value: Any) -> int:
    shape = tensors.shape(value)
    return 0 if value is None or None in shape else 4 * int(np.prod([n or 0 for n in shape]))


def _rows(value: Any) -> int | None:
    shape = tensors.shape(value)
    return shape[0] if shape else None


def _base(value: Any) -> int:
    base = getattr(value, "base", None)
    return len(base) if isinstance(base, np.ndarray) and base.ndim == value.ndim else 0


def _beside(session: ScriptSession, x: Any) -> Any:
    """The one array of the loop that has as many rows as the inputs: the targets of a loss written by hand."""
    found: dict[int, Any] = {}
    for turn in session.turns()[-1:]:
        for name, value in list(turn.frame.f_locals.items()):
            if name in turn.names or isinstance(value, np.ndarray):
                for one in _flat(value) if name in turn.names else [value]:
                    if isinstance(one, (np.ndarray, tf.Tensor)) and one is not x and _rows(one) == _rows(_part(x)):
                        found[id(one)] = one
    return next(iter(found.values())) if len(found) == 1 else None


def _at_hand(session: ScriptSession) -> list[Any]:
    """Arrays the script could have fed: in its own frames and global names, and one level inside objects there."""
    import sys

    frame: Any = sys._getframe(1)
    found: dict[int, Any] = {}
    while frame is not None:
        if session.files.before(frame.f_code.co_filename) is not None:
            for value in list(frame.f_locals.values()):
                inside = vars(value).values() if hasattr(value, "__dict__") and not isinstance(value, type) else ()
                for one in (value, *list(inside)):
                    if isinstance(one, np.ndarray) or (isinstance(one, tf.Tensor) and hasattr(one, "numpy")):
                        found[id(one)] = one
        frame = frame.f_back
    return [one for one in found.values() if getattr(one, "ndim", 0)][:60]


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Reckon up every stream."""
    session.trail.off = True
    reckoning.reckon(session, recorder, session.feeds)  # type: ignore[attr-defined]
