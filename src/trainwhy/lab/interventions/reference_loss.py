"""Repair TW105: where the learner's loss has no gradient, the task's own loss on the same batch gives one.

The batch is kept in variables, so that a traced step reads the batch of each step and not the one it was traced with.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from trainwhy.lab.scripts import softening
from trainwhy.lab.session import Session

WORDS = "the gradients of the task's own loss"


def install(session: Session) -> None:
    """Answer for tapes that have nothing to say."""
    if session.task is None:
        softening.install(session)
        return
    batch: list[tf.Variable] = []

    def gradient(original: Any, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(tape, target, sources, *args, **kwargs)
        if not session.running or not batch or any(g is not None for g in tf.nest.flatten(answer)):
            return answer
        with session.harness_in_control():
            return _reference(session, batch, sources)

    session.before_step.append(lambda: _keep(session, batch))
    session.wrap(tf.GradientTape, "gradient", gradient)


def _keep(session: Session, batch: list[tf.Variable]) -> None:
    if session.batch is None:
        return
    values = [tf.convert_to_tensor(part) for part in session.batch]
    if not batch:
        batch.extend(_holder(value) for value in values)
    for holder, value in zip(batch, values, strict=True):
        holder.assign(value)


def _holder(value: Any) -> tf.Variable:
    """Hold batches of any number of rows."""
    shape = tf.TensorShape([None, *value.shape[1:]])
    return tf.Variable(value, trainable=False, shape=shape)


def _reference(session: Session, batch: list[tf.Variable], sources: Any) -> Any:
    x, y = (tf.convert_to_tensor(holder) for holder in batch)
    x.set_shape([None, *x.shape[1:]])
    with tf.GradientTape() as tape:
        loss = session.task.loss(y, session.model(x, training=True))
    return tape.gradient(loss, sources)
