"""What the losses are given: which operation made the prediction, how far it reaches, and how the targets lie to it.

A look sees every number. The watched run only says what Keras does with the logits; a replay that tries a repair also
measures what goes through the gate, because the proof asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.scripts import gates, makers
from trainwhy.lab.scripts.gates import Meeting
from trainwhy.lab.scripts.handmade import Handmade
from trainwhy.lab.scripts.makers import PICKING, Maker, Makers
from trainwhy.lab.scripts.measuring import Measures, measured, of_targets, on_the_graph, prepare
from trainwhy.lab.scripts.numbers import numbers
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import HeadSeen

MOST = 60
PER_LINE = 3


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Listen at the gates; in a look also to operations, for losses that are written by hand."""
    open_gates = gates.install(session)
    counts: dict[Any, int] = {}
    if session.looking:
        known = makers.install(session, explain=True)
        note = _noting(session, recorder, counts, known)
        open_gates.listeners.append(note)
        handmade = Handmade(known, open_gates)
        known.listeners.append(handmade.seen)
        session.after_step.insert(0, lambda: _handmade(handmade, note))  # before the step is forgotten
    elif session.request.intervention:
        prepare(session)
        open_gates.listeners.append(_measuring(session, recorder, counts))
    else:
        open_gates.listeners.append(_noting(session, recorder, counts, None))


def _handmade(handmade: Handmade, note: Callable[[Meeting], None]) -> None:
    for meeting in handmade.found():
        note(meeting)


def _noting(
    session: ScriptSession, recorder: ScriptRecorder, counts: dict[Any, int], known: Makers | None
) -> Callable[[Meeting], None]:
    def note(meeting: Meeting) -> None:
        head = _head(session, meeting)
        place = (head.line, head.loss, head.owner, head.made_line)
        counts[place] = counts.get(place, 0) + 1
        if counts[place] > PER_LINE or len(recorder.heads) >= MOST:
            return
        recorder.heads.append(head if known is None else _explained(head, meeting, known))

    return note


def _head(session: ScriptSession, meeting: Meeting) -> HeadSeen:
    return HeadSeen(
        step=session.step,
        line=meeting.line if meeting.line is not None else session.line(),
        loss=meeting.loss,
        family=meeting.family,
        owner=meeting.owner,
        made_line=meeting.made_line,
        from_logits=meeting.from_logits,
        dug=meeting.dug,
        in_graph=tensors.is_symbolic(meeting.y_pred),
        in_fit=session.fitting > 0,
        weighted=meeting.weighted,
    )


# ------------------------------------------------------------------------------------------- a look


def _explained(head: HeadSeen, meeting: Meeting, known: Makers) -> HeadSeen:
    """Add what made the prediction and all numbers."""
    maker, whole = known.behind(meeting.y_pred), known.of(meeting.y_pred)
    low, high = whole.range if whole is not None else (-np.inf, np.inf)
    bound = _bounding(known, meeting.y_pred)
    numbers_of = measured(meeting.y_pred, family=meeting.family, logits=meeting.from_logits)
    return replace(
        _with(head, numbers_of),
        activation=maker.type if maker else "",
        activation_line=maker.line if maker else None,
        layer=maker.layer if maker else "",
        layer_line=maker.layer_line if maker else None,
        low=float(low) if np.isfinite(low) else None,
        high=float(high) if np.isfinite(high) else None,
        bound=bound.type if bound else "",
        bound_line=bound.line if bound else None,
        bound_layer_line=bound.layer_line if bound else None,
        y_true=numbers(meeting.y_true),
        y_pred=numbers(meeting.y_pred),
        echo=_echoes(known, meeting.y_true),
        **of_targets(meeting.y_true, meeting.y_pred, low, high),
    )


def _bounding(known: Makers, tensor: Any) -> Maker | None:
    return known.behind(tensor, PICKING)


def _echoes(known: Makers, y_true: Any) -> bool:
    try:
        wanted = np.asarray(y_true)
        return any(
            wanted.shape == given.shape and np.array_equal(wanted, given) for given in map(np.asarray, known.fed)
        )
    except (TypeError, ValueError, NotImplementedError, RuntimeError):
        return False


def _with(head: HeadSeen, values: dict[str, float | None]) -> HeadSeen:
    sums = (values["sum_low"], values["sum_high"])
    return replace(
        head,
        outside=values["outside"],
        negative=values["negative"],
        clipped=values["clipped"],
        spread=values["spread"],
        row_sums=(sums[0], sums[1]) if sums[0] is not None and sums[1] is not None else None,
    )


# ------------------------------------------------------------------------------------------- a replay


def _measuring(session: ScriptSession, recorder: ScriptRecorder, counts: dict[Any, int]) -> Callable[[Meeting], None]:
    """Keep for each gate what went through it last; in a graph a variable takes it at the very end."""
    places: dict[Any, int] = {}
    last: dict[int, Measures] = {}

    def note(meeting: Meeting) -> None:
        head = _head(session, meeting)
        family = gates.FAMILIES.get(meeting.instead, meeting.family)
        place = (head.line, head.loss, head.owner, head.made_line)
        if place not in places:
            if len(recorder.heads) >= MOST:
                return
            places[place] = len(recorder.heads)
            recorder.heads.append(replace(head, loss=meeting.instead or head.loss))
        logits = meeting.from_logits or bool(meeting.instead)
        if head.in_graph:
            on_the_graph(session, meeting.y_pred, family=family, logits=logits, keep=last, number=places[place])
        else:
            last[places[place]] = Measures(meeting.y_pred, family, logits)

    session.heads_of_replay = last  # type: ignore[attr-defined]  # read when the script is over
    del counts
    return note


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Read what went through the gates of a replay last."""
    for number, seen in getattr(session, "heads_of_replay", {}).items():
        values = seen.values()
        if values is not None:
            recorder.heads[number] = _with(recorder.heads[number], values)
