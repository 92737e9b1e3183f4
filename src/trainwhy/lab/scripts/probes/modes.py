"""In which mode the layers ran that behave differently in training."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import keras

from trainwhy.lab.probes.calls import TWO_MODES
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Count, for each layer with two modes, in which one it ran under a tape."""
    kinds = [k for name, k in vars(keras.layers).items() if name.startswith(TWO_MODES) and inspect.isclass(k)]
    for kind in dict.fromkeys(kinds):
        session.wrap(kind, "call", _mode(session, recorder, inspect.signature(kind.call)))


def _mode(session: ScriptSession, recorder: ScriptRecorder, signature: inspect.Signature) -> Callable[..., Any]:
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
