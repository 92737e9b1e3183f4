"""Repair TW131: an update is given only what was added since the last one, and never zeros in place of gradients."""

from __future__ import annotations

import weakref
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.session import Session

WORDS = "only the gradients since the last update applied"


def install(session: Session) -> None:
    """Take from every update what the one before was given."""
    before: weakref.WeakKeyDictionary[Any, dict[int, Any]] = weakref.WeakKeyDictionary()
    answers: dict[str, Any] = {}
    depth = [0]

    def gradient(original: Any, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(tape, target, sources, *args, **kwargs)
        if session.running:
            for source, given in zip(tf.nest.flatten(sources), tf.nest.flatten(answer), strict=True):
                if tensors.is_variable(source) and isinstance(given, tf.Tensor):
                    answers[session.name_of(source)] = given
        return answer

    def apply(original: Any, optimizer: Any, grads: Any, variables: Any = None, **kwargs: Any) -> Any:
        if not session.running or depth[0] or variables is None:
            return original(optimizer, grads, variables, **kwargs)
        kept = before.setdefault(optimizer, {})
        new = [_new(session, kept, answers, g, v) for g, v in zip(grads, variables, strict=True)]
        depth[0] += 1
        try:
            return original(optimizer, new, variables, **kwargs)
        finally:
            depth[0] -= 1

    session.wrap(tf.GradientTape, "gradient", gradient)
    session.wrap(keras.optimizers.Optimizer, "apply", apply)


def _new(session: Session, kept: dict[int, Any], answers: dict[str, Any], gradient: Any, variable: Any) -> Any:
    if gradient is None:
        return None
    given = tf.convert_to_tensor(tensors.raw_variable(gradient) if tensors.is_variable(gradient) else gradient)
    if id(variable) not in kept:
        with tf.init_scope():
            kept[id(variable)] = tf.Variable(tf.zeros(variable.shape, given.dtype), trainable=False)
    last = kept[id(variable)]
    new = given - last
    answer = answers.get(session.name_of(variable))
    here = answer is not None and (not tensors.is_symbolic(answer) or _same_graph(answer, given))
    if here:
        new = tf.where(tf.reduce_any(given != 0), new, tf.cast(answer, given.dtype))
    with tf.control_dependencies([new]):
        last.assign(given)
    return new


def _same_graph(one: Any, other: Any) -> bool:
    return tensors.is_symbolic(other) and one.graph is other.graph
