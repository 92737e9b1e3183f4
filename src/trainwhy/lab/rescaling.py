"""The learning rate of every optimizer, multiplied where it is used: the rungs of the ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session


def rescale(session: Session, factor: float) -> None:
    """Multiply the rate of every update; schedules, callbacks and what they read stay as they are."""

    def step(original: Any, optimizer: Any, grads: Any, variables: Any, learning_rate: Any) -> Any:
        rate = tf.convert_to_tensor(learning_rate)
        return original(optimizer, grads, variables, rate * tf.cast(factor, rate.dtype))

    if hasattr(keras.optimizers.Optimizer, "_backend_update_step"):  # private; without it no rung helps
        session.wrap(keras.optimizers.Optimizer, "_backend_update_step", step)
