"""How many numbers arithmetic makes of one row where `(N,)` meets `(N, 1)`: shapes only, also in graphs."""

from __future__ import annotations

from typing import Any

from trainwhy.lab import tensors
from trainwhy.lab.arithmetic import stretched, wrap_all
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Look at the shapes of what a tape records."""

    def compare(original: Any, left: Any, right: Any, *args: Any, **kwargs: Any) -> Any:
        made = original(left, right, *args, **kwargs)
        if session.running and session.recording and stretched(left, right):
            with session.harness_in_control():
                _note(recorder, left, right, made)
        return made

    wrap_all(session, compare)


def _note(recorder: ScriptRecorder, left: Any, right: Any, made: Any) -> None:
    """Count by the last axis: all pairs of rows end in one for each row, where one was."""
    shape = tensors.shape(made)
    ranks = max(len(tensors.shape(left)), len(tensors.shape(right)))
    last = shape[-1] if len(shape) == ranks else 1
    before = recorder.facts.get("stretched")
    now = 2.0 if last is None else float(last)  # of an unknown size it is known that it is more than one
    recorder.facts["stretched"] = max(now, float(before) if isinstance(before, (int, float)) else 1.0)
