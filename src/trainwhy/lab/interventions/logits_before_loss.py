"""Repair TW202: a loss of logits is given the values from before the softmax or sigmoid."""

from __future__ import annotations

from trainwhy.lab.scripts import gates, makers
from trainwhy.lab.scripts.gates import REGRESSION, Meeting
from trainwhy.lab.scripts.undoing import NORMALIZED, behind
from trainwhy.lab.session import Session

WORDS = "the values from before the activation given to the loss"


def install(session: Session) -> None:
    """Take the activation off what goes through the losses of logits."""
    known = makers.install(session)

    def repair(meeting: Meeting) -> None:
        if meeting.from_logits and meeting.family != REGRESSION:
            logits = behind(known, meeting.y_pred, NORMALIZED)
            meeting.y_pred = meeting.y_pred if logits is None else logits

    gates.install(session).repairs.append(repair)
