"""Which tensor a loss was given as targets and which as predictions, and what it says the other way round."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.scripts import crossing
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import LossArguments

MOST = 12


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Watch the first step of a look: only there can tensors be followed."""
    if not session.looking:
        return

    def called(put: Callable[[Any, Any], Any], name: str, first: Any, second: Any) -> Any:
        here = session.running and session.recording and session.step == 0 and len(recorder.arguments) < MOST
        if not here or not session.called_by_learner():
            return put(first, second)
        line, value = session.line(), None
        try:
            value = put(first, second)
            return value
        finally:
            with session.harness_in_control():
                swapped = None if value is None else _tried(put, second, first)
                keys = tensors.key(first), tensors.key(second)
                recorder.arguments.append(LossArguments(line, name, *keys, _mean(value), swapped))

    crossing.watch(session, called)


def _tried(put: Callable[[Any, Any], Any], first: Any, second: Any) -> float | None:
    try:
        return _mean(put(first, second))
    except Exception:  # whole-number targets are no predictions
        return None


def _mean(value: Any) -> float | None:
    array = None if value is None or tensors.is_symbolic(value) else tensors.array(value)
    return None if array is None else float(np.mean(array))
