"""Repair TW403: a learning rate below 0 loses its sign, and one of 0 becomes the optimizer's usual one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "a positive learning rate"
USUAL = 0.01


def install(session: Session) -> None:
    """Change the rate where it is used."""

    def step(original: Any, optimizer: Any, grads: Any, variables: Any, learning_rate: Any) -> Any:
        rate = tf.abs(tf.convert_to_tensor(learning_rate))
        return original(optimizer, grads, variables, tf.where(rate > 0, rate, tf.cast(USUAL, rate.dtype)))

    if hasattr(keras.optimizers.Optimizer, "_backend_update_step"):  # private; without it nothing is repaired
        session.wrap(keras.optimizers.Optimizer, "_backend_update_step", step)
