"""The learner's first gradient against the task's own, computed after the run at the weights the run began with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.probes import weights
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
        length = _reference_step(session, recorder, model)
    except (ValueError, TypeError, tf.errors.OpError):
        recorder.unobserved.append("the task's own gradient at the first step")
        return
    finally:
        model.set_weights(now)
    recorder.first_norm = recorder.first_norm or _norm_of_step(session, recorder)
    recorder.check = _compare(recorder, loss, norm, length, len(recorder.first_batch[0]))


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


def _reference_step(session: Session, recorder: Recorder, model: Any) -> float | None:
    """Take the task's own first step, with an optimizer as it makes them: its length is what a step should have."""
    gradients = recorder.reference_gradients
    pairs = [(gradients.get(tensors.variable_name(v)), v) for v in model.trainable_variables]
    pairs = [(tf.convert_to_tensor(g), v) for g, v in pairs if g is not None]
    if session.task.optimizer is None or not pairs:
        return None
    session.task.optimizer().apply_gradients(pairs)
    return _length(recorder.start, weights.snapshot(model), gradients)


def _length(before: dict[str, Any], after: dict[str, Any], names: Iterable[str]) -> float:
    both = [name for name in names if name in before and name in after]
    return float(np.sqrt(sum(np.sum(np.square(after[n] - before[n], dtype=np.float64)) for n in both)))


def _norm_of_step(session: Session, recorder: Recorder) -> float | None:
    """Inside `tf.function`: plain gradient descent moves by rate times gradient, so its first step tells the norm."""
    optimizer = session.optimizer
    if not recorder.traced_calls or not recorder.after_first or type(optimizer) is not keras.optimizers.SGD:
        return None
    rate = float(np.asarray(optimizer.learning_rate))
    length = _length(recorder.start, recorder.after_first, recorder.reference_gradients)
    return length / rate if rate > 0 else None


def _compare(recorder: Recorder, loss: float, norm: float, length: float | None, rows: int) -> GradientCheck | None:
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
        step_ratio=_step_ratio(recorder, length),
    )


def _step_ratio(recorder: Recorder, length: float | None) -> float | None:
    if not length or not recorder.after_first or recorder.start is recorder.after_first:  # not built before the step
        return None
    return _length(recorder.start, recorder.after_first, recorder.reference_gradients) / length
