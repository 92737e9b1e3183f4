"""In which mode the layers ran that behave differently in training."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.probes.calls import TWO_MODES
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession

RECURRENT = ("LSTM", "GRU", "SimpleRNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")


class _Outermost:
    """The layer or model that the script called itself, on whose behalf the others run."""

    def __init__(self) -> None:
        self.depth = 0
        self.layer: Any = None
        self.line: int | None = None
        self.training: Any = None


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Count, for each layer with two modes, in which one it ran under a tape."""
    outer = _Outermost()
    owners: dict[str, tuple[Any, Any]] = {}  # name of a layer -> (the layer, whom the script called)
    session.mode_owners = owners  # type: ignore[attr-defined]

    def call(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        if not outer.depth and session.running and session.recording:
            outer.layer, outer.line, outer.training = layer, session.line(), kwargs.get("training")
        outer.depth += 1
        try:
            return original(layer, *args, **kwargs)
        finally:
            outer.depth -= 1

    session.wrap(keras.layers.Layer, "__call__", call)
    kinds = [k for name, k in vars(keras.layers).items() if name.startswith((*TWO_MODES, *RECURRENT))]
    kind: Any
    for kind in dict.fromkeys(k for k in kinds if inspect.isclass(k)):
        session.wrap(kind, "call", _mode(session, recorder, outer, owners, inspect.signature(kind.call)))


def _mode(
    session: ScriptSession, recorder: ScriptRecorder, outer: _Outermost, owners: Any, signature: inspect.Signature
) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and session.recording and active(layer):
            training = signature.bind_partial(layer, *args, **kwargs).arguments.get("training")
            # The call asked for training, and the layer's own place in the model says no: that is by choice, unless
            # the layer is one that serves nothing but training.
            chosen = not training and bool(outer.training) and is_normalization(layer)
            seen = recorder.modes.setdefault(str(layer.name), [type(layer).__name__, 0, 0, None])
            owners.setdefault(str(layer.name), (layer, outer.layer))
            seen[1] += not chosen
            seen[2] += bool(training)
            if not training and seen[3] is None:
                seen[3] = session.line() if outer.training or not outer.depth else outer.line
        return original(layer, *args, **kwargs)

    return wrapper


def active(layer: Any) -> bool:
    """Tell whether this layer would do anything else in training."""
    if type(layer).__name__.startswith(RECURRENT):
        return bool(getattr(layer, "dropout", 0) or getattr(layer, "recurrent_dropout", 0))
    rate = getattr(layer, "rate", getattr(layer, "stddev", None))
    return not (isinstance(rate, (int, float)) and rate == 0)


def is_normalization(layer: Any) -> bool:
    """Tell batch normalization, which may rest in inference mode on purpose, from what only training needs."""
    return any(base.__name__.startswith("BatchNormalization") for base in type(layer).__mro__)


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Leave out what is not trained, and normalization that rests on statistics from before."""
    for name, (layer, owner) in session.mode_owners.items():  # type: ignore[attr-defined]
        trained = name in recorder.modes and recorder.modes[name][2]
        resting = not trained and is_normalization(layer) and (not layer.trainable or _has_statistics(layer))
        if resting or (owner is not None and not _trained(session, recorder, owner)):
            recorder.modes.pop(name, None)


def _has_statistics(layer: Any) -> bool:
    mean = getattr(layer, "moving_mean", None)
    values = None if mean is None else tensors.array(tensors.raw_variable(mean))
    return values is not None and bool(np.any(values != 0))


def _trained(session: ScriptSession, recorder: ScriptRecorder, owner: Any) -> bool:
    """Tell whether a variable of this model moved."""
    for variable in getattr(owner, "trainable_variables", None) or ():
        before = recorder.start.get(session.name_of(variable))
        now = tensors.array(tensors.raw_variable(variable))
        if before is None or (now is not None and not np.array_equal(before, now)):
            return True
    return False
