"""Repair TW205 and TW211: classes are learned by their cross-entropy, from the values before the activation."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts import gates, makers
from trainwhy.lab.scripts.gates import BINARY, REGRESSION, Meeting
from trainwhy.lab.scripts.undoing import NORMALIZED, behind, width
from trainwhy.lab.session import Session

WORDS = "a cross-entropy in place of this loss"


def install(session: Session) -> None:
    """Change the loss where probabilities of classes meet targets."""
    known = makers.install(session)

    def repair(meeting: Meeting) -> None:
        if meeting.family not in (BINARY, REGRESSION) or meeting.from_logits:
            return
        logits = behind(known, meeting.y_pred, NORMALIZED)
        if logits is None:
            return
        classes = width(logits)
        meeting.instead = "categorical_crossentropy" if classes > 1 else "binary_crossentropy"
        meeting.y_true, meeting.y_pred = _rows(meeting.y_true, classes), logits

    gates.install(session).repairs.append(repair)


def _rows(y_true: Any, classes: int) -> Any:
    """Turn class numbers into rows with a single 1."""
    value = tf.convert_to_tensor(y_true)
    shape = tensors.shape(value)
    if classes == 1 or (len(shape) > 1 and shape[-1] == classes):
        return tf.cast(value, tf.float32)
    return tf.one_hot(tf.cast(tf.reshape(value, [-1]), tf.int32), classes)
