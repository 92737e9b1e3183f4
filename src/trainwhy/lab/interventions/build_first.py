"""Repair TW110: the model has its variables before the learner's code asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the model built before its variables are read"


def install(session: Session) -> None:
    """Build the model from one row of the task's data, now or, when there is no model yet, before the first step."""

    def build() -> None:
        if session.model is not None and not session.model.built:
            row = session.task.data(session.request.seed).x[:1]
            session.model(tf.convert_to_tensor(row))

    build()
    session.before_step.append(build)
