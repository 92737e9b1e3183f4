"""Repair TW101: the gradients that the learner's tape returns are handed to the optimizer.

They are applied as soon as the tape answers, which is the same moment in eager mode and while a function is traced.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.scripts.pending import Pending
from trainwhy.lab.session import Session
from trainwhy.lab.tensors import is_variable, raw_variable

WORDS = "these gradients applied"
RATE = 0.01  # for a task that hands over no optimizer


def install(session: Session) -> None:
    """Apply every answer of the learner's tape; of a script, those that it does not apply itself."""
    if session.task is None:
        _install_for_script(session)
        return
    own: list[Any] = []

    def gradient(original: Any, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(tape, target, sources, *args, **kwargs)
        if session.running:
            with session.harness_in_control():
                _apply(_optimizer(session, own), _pairs(session, answer, sources))
        return answer

    session.before_step.append(lambda: _build(_optimizer(session, own), session.model))
    session.wrap(tf.GradientTape, "gradient", gradient)


def _install_for_script(session: Session) -> None:
    pending = Pending(session)

    def gradient(original: Any, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(tape, target, sources, *args, **kwargs)
        if session.running:
            with session.harness_in_control():
                pending.add(zip(_flat(answer), _flat(sources), strict=False))
        return answer

    session.wrap(tf.GradientTape, "gradient", gradient)


def _optimizer(session: Session, own: list[Any]) -> Any:
    if session.optimizer is not None:
        return session.optimizer
    if not own:
        own.append(keras.optimizers.SGD(RATE))
    return own[0]


def _build(optimizer: Any, model: Any) -> None:
    """Make the optimizer's variables outside any traced function."""
    if not optimizer.built and getattr(model, "built", False):
        optimizer.build(model.trainable_variables)


def _pairs(session: Session, answer: Any, sources: Any) -> list[tuple[Any, Any]]:
    known = {id(raw_variable(v)): v for v in getattr(session.model, "trainable_variables", None) or ()}
    flat = zip(_flat(answer), _flat(sources), strict=False)
    return [(g, known.get(id(raw_variable(v)), v)) for g, v in flat if g is not None and is_variable(v)]


def _flat(value: Any) -> list[Any]:
    return [value] if value is None else list(tf.nest.flatten(value))


def _apply(optimizer: Any, pairs: list[tuple[Any, Any]]) -> None:
    of_keras = [pair for pair in pairs if not isinstance(pair[1], tf.Variable)]
    if of_keras:
        optimizer.apply_gradients(of_keras)
    for gradient, variable in pairs:
        if isinstance(variable, tf.Variable):
            variable.assign_sub(tf.cast(optimizer.learning_rate, variable.dtype) * gradient)
