"""Repair TW203: where a softmax stands on a single unit, the loss is given its sigmoid."""

from __future__ import annotations

import tensorflow as tf

from trainwhy.lab.scripts import gates, makers
from trainwhy.lab.scripts.gates import Meeting
from trainwhy.lab.scripts.undoing import behind, width
from trainwhy.lab.session import Session

WORDS = "a sigmoid in place of the softmax"


def install(session: Session) -> None:
    """Change what goes through the losses."""
    known = makers.install(session)

    def repair(meeting: Meeting) -> None:
        logits = behind(known, meeting.y_pred, frozenset({"Softmax"})) if width(meeting.y_pred) == 1 else None
        if logits is not None:
            meeting.y_pred = tf.sigmoid(logits)
            meeting.instead = "binary_crossentropy" if meeting.family == "categorical" else ""
            meeting.y_pred = logits if meeting.instead else meeting.y_pred

    gates.install(session).repairs.append(repair)
