"""Iterators that the script's loops draw from again after they were empty."""

from __future__ import annotations

import ast
from typing import Any

from trainwhy.lab.scripts import drawing
from trainwhy.lab.scripts.loops import Turn, values
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import DrainedSeen

ENDS = ("StopIteration", "OutOfRangeError")


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Keep the loops around the last step."""
    del recorder
    kept: list[Turn] = []
    session.last_turns = kept  # type: ignore[attr-defined]

    def before() -> None:
        if not session.fitting:
            kept[:] = session.turns()

    session.before_step.append(before)


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Look at each loop around the last step for iterators that came from outside and are empty now."""
    if session.looking:
        return
    crashed = recorder.error is not None and recorder.error.type in ENDS
    for turn in session.last_turns:  # type: ignore[attr-defined]
        empty = _turns_after(turn)
        if empty or crashed:
            found = _drained(session, turn, empty)
            if found is not None:
                recorder.drained.append(found)
                return


def _turns_after(turn: Turn) -> int:
    now = values(turn.frame, turn.names)
    pairs = [(a, b) for a, b in zip(turn.values, now, strict=False) if type(a) is int and type(b) is int]
    return max((b - a for a, b in pairs if b > a), default=0)


def _drained(session: ScriptSession, turn: Turn, empty: int) -> DrainedSeen | None:
    tree = drawing.tree_of(turn.frame)
    loop = drawing.loop_at(tree, turn.line)
    before = session.files.before(turn.frame.f_code.co_filename) or 0
    for place, line in drawing.drawn_from(loop) if loop is not None else ():
        value: Any = drawing.value_of(turn.frame, place)
        if drawing.is_iterator(value) and drawing.is_drained(value):
            made = drawing.made_at(tree, place, turn.line)
            return DrainedSeen(
                name=ast.unparse(place),
                kind=type(value).__name__.strip("_"),
                line=line + before,
                made_line=None if made is None else made + before,
                empty=empty,
            )
    return None
