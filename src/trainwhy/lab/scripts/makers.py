"""Which operation made a tensor, eagerly and in a graph, and how far its values can reach by construction.

In a graph every tensor knows its operation. Eagerly nothing does, so the operations that a tape records are kept until
the step is over. Where TensorFlow has no operation callbacks, nothing is known and nothing is claimed.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.ranges import EVERYTHING, Range, of_leaf, of_operation
from trainwhy.lab.session import Session

MOST = 20_000  # operations of one step that are remembered
FED = 12  # inputs of a step that are remembered
LARGE = 4_000_000  # elements of a tensor that is not held on to
PASSING = frozenset({"Identity", "Reshape", "Squeeze", "ExpandDims", "Cast", "Transpose", "Snapshot"})
# What the values of a tensor are only picked or weighted by: its range stays the range of what was picked.
PICKING = PASSING | {"Mul", "Sum", "GatherV2", "GatherNd", "StridedSlice", "Slice", "Mean", "Max", "Min"}


@dataclass(eq=False)
class Maker:
    """One operation: its type, what went in, and where in the user's files it came from."""

    type: str
    inputs: list[Any]
    output: Any
    trained: bool = False  # depends on a variable that was read while a tape recorded
    range: Range = EVERYTHING
    line: int | None = None
    layer: str = ""  # kind of the library layer it belongs to
    layer_line: int | None = None  # where that layer was made


class Makers:
    """The operations of the step that is on."""

    def __init__(self, session: Session, *, explain: bool) -> None:
        self.session = session
        self.explain = explain  # also lines, layers and ranges: only a look pays for them
        self.known: dict[str, Maker] = {}
        self.listeners: list[Callable[[Maker], None]] = []
        self.layers: list[Any] = []  # being called, outermost first
        self.fed: list[Any] = []  # what outermost layers were given in this step
        self.lines: weakref.WeakKeyDictionary[Any, int | None] = weakref.WeakKeyDictionary()

    def of(self, tensor: Any) -> Maker | None:
        """Return the operation that made a tensor."""
        if tensors.is_symbolic(tensor):
            return Maker(tensor.op.type, list(tensor.op.inputs), tensor)
        return self.known.get(tensors.key(tensor) or "")

    def behind(self, tensor: Any, passing: frozenset[str] = PASSING) -> Maker | None:
        """Return the operation that made these values, behind those that only shape them."""
        maker = self.of(tensor)
        for _ in range(12):
            if maker is None or maker.type not in passing or not maker.inputs:
                return maker
            before = self.of(maker.inputs[self._trained_input(maker)])
            if before is None:
                return maker
            maker = before
        return maker

    def _trained_input(self, maker: Maker) -> int:
        made = [self.of(one) for one in maker.inputs]
        return next((i for i, one in enumerate(made) if one is not None and one.trained), 0)

    def trained(self, tensor: Any) -> bool:
        """Tell whether a tensor depends on a variable by operations that the tape recorded."""
        maker = self.known.get(tensors.key(tensor) or "")
        return maker is not None and maker.trained

    def seen(
        self, op_type: Any, inputs: Any, _attributes: Any, outputs: Any, op_name: Any = None, graph: Any = None
    ) -> None:
        """Remember one operation; the callback of TensorFlow."""
        session = self.session
        del op_name
        if graph is not None or not session.recording or not outputs or len(self.known) >= MOST:
            return
        if not session.running:
            return
        with session.harness_in_control():
            name = op_type.decode() if isinstance(op_type, bytes) else str(op_type)
            for maker in self._made(name, list(inputs), list(outputs)):
                for listener in self.listeners:
                    listener(maker)

    def _made(self, name: str, inputs: list[Any], outputs: list[Any]) -> list[Maker]:
        before = [self.known.get(tensors.key(one) or "") for one in inputs]
        trained = any(_is_resource(one) for one in inputs) or any(one is not None and one.trained for one in before)
        kept = [one if _small(one) else None for one in inputs]
        found = []
        for output in outputs:
            key = tensors.key(output)
            if key is None:
                continue
            maker = Maker(name, kept, output if _small(output) else None, trained and name != "StopGradient")
            if self.explain:
                ranges = [
                    one.range if one is not None else of_leaf(value) for one, value in zip(before, inputs, strict=True)
                ]
                maker.range = of_operation(name, ranges, inputs, before) if trained else of_leaf(output)
                self._place(maker)
            self.known[key] = maker
            found.append(maker)
        return found

    def _place(self, maker: Maker) -> None:
        maker.line = self.session.line()
        layer = self.layers[-1] if self.layers else None
        if layer is not None and _of_library(layer):
            maker.layer = type(layer).__name__
            maker.layer_line = self.lines.get(layer)


def _of_library(layer: Any) -> bool:
    return type(layer).__module__.startswith(("keras.", "tensorflow.")) and not isinstance(layer, keras.Model)


def _is_resource(value: Any) -> bool:
    return str(getattr(getattr(value, "dtype", None), "name", "")) == "resource"


def _small(value: Any) -> bool:
    size = 1
    for one in tensors.shape(value):
        size *= one or 1
    return size <= LARGE


def install(session: Session, *, explain: bool = False) -> Makers:
    """Follow operations from now on; a second call returns what the first one made."""
    known: Makers | None = getattr(session, "makers", None)
    if known is not None:
        known.explain = known.explain or explain
        return known
    makers = Makers(session, explain=explain)
    session.makers = makers  # type: ignore[attr-defined]
    _watch_layers(session, makers)
    session.after_step.append(makers.known.clear)
    session.after_step.append(makers.fed.clear)
    try:
        from tensorflow.python.framework import op_callbacks
    except ImportError:
        return makers
    op_callbacks.add_op_callback(makers.seen)
    session.patches.callback(lambda: op_callbacks.remove_op_callback(makers.seen))
    return makers


def _watch_layers(session: Session, makers: Makers) -> None:
    def create(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> None:
        original(layer, *args, **kwargs)
        if session.running and makers.explain:
            makers.lines[layer] = session.line()

    def call(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        if makers.explain and not makers.layers and len(makers.fed) < FED:
            makers.fed.extend(one for one in tf.nest.flatten(args) if isinstance(one, (tf.Tensor, np.ndarray)))
        makers.layers.append(layer)
        try:
            return original(layer, *args, **kwargs)
        finally:
            makers.layers.pop()

    session.wrap(keras.Operation, "__init__", create)
    session.wrap(keras.Operation, "__call__", call)
