"""Repair TW134: every update uses the task's gradient of the batch at hand, at the weights of that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "a fresh gradient for every update"
MOST = 5000  # tensors of traced functions that are remembered


def install(session: Session) -> None:
    """Compute the gradient again just before an optimizer uses it."""
    if session.task is None:
        _install_for_script(session)
        return

    def apply(original: Any, optimizer: Any, grads: Any, trainable_variables: Any = None, **kwargs: Any) -> Any:
        if not session.running or session.batch is None:
            return original(optimizer, grads, trainable_variables, **kwargs)
        with session.harness_in_control():
            variables = list(trainable_variables or session.model.trainable_variables)
            fresh = _gradients(session, variables)
        return original(optimizer, fresh, variables, **kwargs)

    session.wrap(keras.optimizers.Optimizer, "apply", apply)


def _install_for_script(session: Session) -> None:
    """Nobody knows a script's loss, but a traced function that returned gradients can be called again."""
    sources: dict[int, tuple[Any, Any, Any, int]] = {}  # by gradient: function, its arguments, place in its answer
    kept: list[Any] = []  # so that an address stays a tensor's own
    used: set[int] = set()

    def call(original: Any, function: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(function, *args, **kwargs)
        if session.running and tf.executing_eagerly():
            for place, one in enumerate(tf.nest.flatten(answer)):
                if isinstance(one, tf.Tensor) and len(kept) < MOST:
                    sources[id(one)] = function, args, kwargs, place
                    kept.append(one)
        return answer

    def apply(original: Any, optimizer: Any, grads: Any, *args: Any, **kwargs: Any) -> Any:
        given = list(grads)
        known = [sources.get(id(one)) for one in given]
        again = session.running and any(id(one) in used for one in given)
        used.update(map(id, given))
        if again and known[0] is not None and None not in known:
            function, inputs, named, _ = known[0]
            fresh = tf.nest.flatten(function(*inputs, **named))
            given = [fresh[one[3]] for one in known if one is not None]
        return original(optimizer, given, *args, **kwargs)

    session.wrap(type(tf.function(lambda: None)), "__call__", call)
    session.wrap(keras.optimizers.Optimizer, "apply", apply)


def _gradients(session: Session, variables: list[Any]) -> list[Any]:
    x, y = _batch(session)
    with tf.GradientTape() as tape:
        loss = session.task.loss(y, session.model(x, training=True))
    return list(tape.gradient(loss, variables))


def _batch(session: Session) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the batch; inside a traced function ask for it again whenever the graph runs."""
    first = [tf.convert_to_tensor(part) for part in session.batch or ()]
    if tf.executing_eagerly():
        return first[0], first[1]
    now = tf.numpy_function(lambda: [np.asarray(part) for part in session.batch or ()], [], [t.dtype for t in first])
    for tensor, example in zip(now, first, strict=True):
        tensor.set_shape([None, *example.shape[1:]])
    return now[0], now[1]
