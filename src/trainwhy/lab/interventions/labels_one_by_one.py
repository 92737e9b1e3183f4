"""Repair TW204: each label gets a probability of its own, and where a row has one label only, one softmax is left."""

from __future__ import annotations

import tensorflow as tf

from trainwhy.lab.scripts import gates, makers
from trainwhy.lab.scripts.gates import BINARY, CATEGORICAL, REGRESSION, SPARSE, Meeting
from trainwhy.lab.scripts.undoing import NORMALIZED, behind
from trainwhy.lab.session import Session

WORDS = "a binary cross-entropy for each label"


def install(session: Session) -> None:
    """Change the loss, and what it is given."""
    known = makers.install(session)

    def repair(meeting: Meeting) -> None:
        if meeting.family == REGRESSION:
            return
        found = behind(known, meeting.y_pred, NORMALIZED)
        logits = meeting.y_pred if found is None else found
        if meeting.family == CATEGORICAL:
            meeting.y_pred, meeting.instead = logits, "binary_crossentropy"
        elif meeting.family == SPARSE and found is not None and not meeting.from_logits:
            meeting.y_pred = tf.nn.softmax(logits)
        elif meeting.family == BINARY and found is not None and not meeting.from_logits:
            meeting.y_pred = tf.sigmoid(logits)

    gates.install(session).repairs.append(repair)
