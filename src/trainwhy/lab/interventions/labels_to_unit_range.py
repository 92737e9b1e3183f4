"""Repair TW212: the targets of a binary cross-entropy are moved to between 0 and 1."""

from __future__ import annotations

import tensorflow as tf

from trainwhy.lab.scripts import gates
from trainwhy.lab.scripts.gates import BINARY, Meeting
from trainwhy.lab.session import Session

WORDS = "the labels mapped to between 0 and 1"


def install(session: Session) -> None:
    """Map each batch's lowest target to 0 and its highest to 1."""

    def repair(meeting: Meeting) -> None:
        if meeting.family == BINARY:
            true = tf.cast(tf.convert_to_tensor(meeting.y_true), tf.float32)
            low, high = tf.reduce_min(true), tf.reduce_max(true)
            meeting.y_true = tf.math.divide_no_nan(true - low, high - low)

    gates.install(session).repairs.append(repair)
