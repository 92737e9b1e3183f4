"""Calls of models and layers by the learner's first step: where, under a tape or not, in which mode."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import keras

from trainwhy.lab.recorder import CALLS, Recorder
from trainwhy.lab.session import Session
from trainwhy.results import Call

# Layers that do one thing in training and another in inference, by the field's own names.
TWO_MODES = ("BatchNormalization", "Dropout", "GaussianNoise", "GaussianDropout", "AlphaDropout", "SpatialDropout")
WHOLE = ("predict", "fit", "evaluate", "train_on_batch")


def install(session: Session, recorder: Recorder) -> None:
    """Watch outermost calls of layers and models until the first step is over."""
    depth = [0]

    def call(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not depth[0] and len(recorder.calls) < CALLS:
            recorder.calls.append(_call(session, layer, "call", kwargs.get("training")))
        depth[0] += 1
        try:
            return original(layer, *args, **kwargs)
        finally:
            depth[0] -= 1

    session.first_step_patches.wrap(keras.layers.Layer, "__call__", call)
    for method in WHOLE:
        session.first_step_patches.wrap(keras.Model, method, _whole(session, recorder, method, depth))
    session.before_step.append(_once(lambda: _watch_modes(session, recorder)))


def _whole(session: Session, recorder: Recorder, method: str, depth: list[int]) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and len(recorder.calls) < CALLS:
            recorder.calls.append(_call(session, model, method, None))
        depth[0] += 1
        try:
            return original(model, *args, **kwargs)
        finally:
            depth[0] -= 1

    return wrapper


def _call(session: Session, layer: Any, method: str, training: Any) -> Call:
    return Call(
        step=session.step,
        line=session.line(),
        name=str(layer.name),
        method=method,  # type: ignore[arg-type]  # one of the Literals
        recording=session.recording > 0,
        training=training if isinstance(training, bool) else None,
    )


def _once(action: Callable[[], None]) -> Callable[[], None]:
    pending = [action]

    def run() -> None:
        while pending:
            pending.pop()()

    return run


def _watch_modes(session: Session, recorder: Recorder) -> None:
    """Count, for each layer with two modes, in which one it ran under the tape."""
    layers = [x for x in _layers(session.model) if _kind(x)]
    for kind in {type(layer) for layer in layers}:
        session.first_step_patches.wrap(kind, "call", _mode(session, recorder, inspect.signature(kind.call)))


def _mode(session: Session, recorder: Recorder, signature: inspect.Signature) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and session.recording:
            training = signature.bind_partial(layer, *args, **kwargs).arguments.get("training")
            seen = recorder.modes.setdefault(str(layer.name), [type(layer).__name__, 0, 0, None])
            seen[1] += 1
            seen[2] += bool(training)
            if not training and seen[3] is None:
                seen[3] = session.line()
        return original(layer, *args, **kwargs)

    return wrapper


def _layers(model: Any) -> list[Any]:
    flatten = getattr(model, "_flatten_layers", None)
    return list(flatten()) if flatten else list(getattr(model, "layers", ()))


def _kind(layer: Any) -> bool:
    return any(base.__name__.startswith(TWO_MODES) for base in type(layer).__mro__)
