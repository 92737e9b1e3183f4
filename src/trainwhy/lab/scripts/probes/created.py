"""Things made in odd places or ways: layers inside `call`, optimizers with arguments that are gone."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.lab.session import GENERATED

MOST = 20  # layers kept of one place
TENSORS = 3000
MAKERS = ("constant", "convert_to_tensor", "zeros", "ones", "identity", "cast", "fill", "eye")
RANDOM = ("normal", "uniform", "truncated_normal")


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Watch layers and optimizers being made, and in a look the tensors too."""
    _watch_layers(session)
    _watch_optimizers(session, recorder)
    session.tensor_lines = {}  # type: ignore[attr-defined]
    if session.looking:
        for owner, names in ((tf, MAKERS), (tf.random, RANDOM)):
            for name in names:
                session.wrap(owner, name, _tensor_maker(session))


def _watch_layers(session: ScriptSession) -> None:
    stack: list[tuple[Any, int]] = []
    serial = [0]
    places: dict[Any, tuple[set[int], list[Any]]] = {}  # (parent, line) -> its calls that made layers, the layers
    session.layers_in_call = places  # type: ignore[attr-defined]

    def call(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        serial[0] += 1
        stack.append((layer, serial[0]))
        try:
            return original(layer, *args, **kwargs)
        finally:
            stack.pop()

    def create(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> None:
        original(layer, *args, **kwargs)
        if session.running and stack and not isinstance(layer, keras.Model):
            with session.harness_in_control():
                parent, number = stack[-1]
                if in_call(session):
                    calls, kept = places.setdefault((id(parent), session.line()), (set(), []))
                    calls.add(number)
                    kept.extend([layer] if len(kept) < MOST else [])

    session.wrap(keras.layers.Layer, "__call__", call)
    session.wrap(keras.layers.Layer, "__init__", create)


def in_call(session: ScriptSession) -> bool:
    """Tell whether the user's own code makes this layer inside a layer call, and not in its `build` or `__init__`."""
    frame: FrameType | None = sys._getframe(1)
    made_by_user = False
    while frame is not None:
        code = frame.f_code
        own = session.files.before(code.co_filename) is not None or GENERATED in code.co_filename
        if own and code.co_name in ("build", "__init__"):
            return False
        made_by_user = made_by_user or own
        if "/keras/" in code.co_filename.replace("\\", "/") and code.co_name != "__init__":
            return made_by_user
        frame = frame.f_back
    return False


def _watch_optimizers(session: ScriptSession, recorder: ScriptRecorder) -> None:
    kind = keras.optimizers.Optimizer
    known = {
        name
        for base in kind.__mro__
        if "__init__" in vars(base)
        for name in inspect.signature(base.__init__).parameters
    }

    def create(original: Callable[..., Any], optimizer: Any, *args: Any, **kwargs: Any) -> None:
        unknown = {name: value for name, value in kwargs.items() if name not in known and value is not None}
        if session.running and unknown:
            name, value = next(iter(unknown.items()))
            number = float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
            recorder.facts.update(argument=name, argument_value=number, argument_line=session.line())
        original(optimizer, *args, **kwargs)

    session.wrap(kind, "__init__", create)


def _tensor_maker(session: ScriptSession) -> Callable[..., Any]:
    lines: dict[str, int | None] = session.tensor_lines  # type: ignore[attr-defined]

    def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        made = original(*args, **kwargs)
        if session.running and len(lines) < TENSORS and isinstance(made, tf.Tensor) and session.called_by_learner():
            lines.setdefault(tensors.key(made) or "", session.line())
        return made

    return wrapper


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Say where layers with weights were made again in later calls, and where plain weights come from."""
    for (_, line), (calls, layers) in session.layers_in_call.items():  # type: ignore[attr-defined]
        weights = sum(len(layer.weights) for layer in layers)
        if weights and (len(calls) > 1 or recorder.error is not None) and "layers_in_call" not in recorder.facts:
            recorder.facts.update(
                layers_in_call=len(layers), layers_in_calls=len(calls), layers_line=line,
                layers_kind=type(layers[0]).__name__, layers_weights=weights,
            )  # fmt: skip
    lines: dict[str, int | None] = session.tensor_lines  # type: ignore[attr-defined]
    made = {key: op.line for op in recorder.ops for key in op.outputs}
    for call in recorder.gradient_calls[:1]:
        keys = [source.tensor for source in call.sources if source.tensor]
        found = [lines.get(key) or made.get(key) for key in keys]
        recorder.facts["plain_lines"] = ",".join(str(line) for line in dict.fromkeys(found) if line)
