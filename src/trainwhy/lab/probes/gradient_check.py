"""The learner's first gradient against the task's own, computed after the run at the weights the run began with."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.recorder import Recorder
from trainwhy.lab.session import Session
from trainwhy.results import GradientCheck


def install(session: Session, recorder: Recorder) -> None:
    """Keep the first batch as it was handed over, whatever the step does to it."""

    def before() -> None:
        if recorder.first_batch is None and session.batch is not None:
            recorder.first_batch = tuple(np.array(part) for part in session.batch)

    session.before_step.append(before)


def before_finish(session: Session, recorder: Recorder) -> None:
    """Compute the task's own first gradient. The run is over: its weights are put back afterwards."""
    if recorder.first_batch is None or not recorder.start or session.model is None:
        return
    model, now = session.model, session.model.get_weights()
    try:
        _restore(model, recorder.start)
        loss, norm = _reference(session, recorder, model, *recorder.first_batch)
    except (ValueError, TypeError, tf.errors.OpError):
        recorder.unobserved.append("the task's own gradient at the first step")
        return
    finally:
        model.set_weights(now)
    recorder.first_norm = recorder.first_norm or _norm_of_step(session, recorder)
    recorder.check = _compare(recorder, loss, norm, len(recorder.first_batch[0]))


def _restore(model: Any, start: dict[str, Any]) -> None:
    for variable in model.variables:
        values = start.get(tensors.variable_name(variable))
        if values is not None:
            variable.assign(values)


def _reference(session: Session, recorder: Recorder, model: Any, x: Any, y: Any) -> tuple[float, float]:
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = session.task.loss(tf.convert_to_tensor(y), model(tf.convert_to_tensor(x), training=True))
    gradients = tape.gradient(loss, variables)
    total = 0.0
    for variable, gradient in zip(variables, gradients, strict=True):
        values = tensors.array(gradient)
        if values is not None:
            recorder.reference_gradients[tensors.variable_name(variable)] = values
            total += float(np.vdot(values, values).real)
    return float(loss), float(np.sqrt(total))


def _norm_of_step(session: Session, recorder: Recorder) -> float | None:
    """Inside `tf.function`: plain gradient descent moves by rate times gradient, so its first step tells the norm."""
    optimizer = session.optimizer
    if not recorder.traced_calls or not recorder.after_first or type(optimizer) is not keras.optimizers.SGD:
        return None
    rate = float(np.asarray(optimizer.learning_rate))
    names = [n for n in recorder.reference_gradients if n in recorder.start and n in recorder.after_first]
    squares = [np.sum(np.square(recorder.after_first[n] - recorder.start[n], dtype=np.float64)) for n in names]
    return float(np.sqrt(sum(squares))) / rate if rate > 0 and squares else None


def _compare(recorder: Recorder, loss: float, norm: float, rows: int) -> GradientCheck | None:
    names = [n for n in recorder.reference_gradients if n in recorder.first_gradients]
    own = [recorder.first_gradients[n].ravel() for n in names]
    reference = [recorder.reference_gradients[n].ravel() for n in names]
    cosine = tensors.cosine(np.concatenate(own), np.concatenate(reference)) if names else None
    if recorder.first_norm is None or not norm:
        return None
    return GradientCheck(
        norm_ratio=recorder.first_norm / norm,
        cosine=float("nan") if cosine is None else cosine,
        batch_size=rows,
        loss=loss,
        reported=recorder.first_reported,
    )
