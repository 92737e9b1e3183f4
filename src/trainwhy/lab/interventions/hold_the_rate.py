"""Repair TW420: every step is made with the largest learning rate of the schedule, or the first one that was set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

from trainwhy.lab import tensors

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the learning rate held"
STEPS = range(0, 200, 2)  # of a schedule, among which the largest rate is looked for


def install(session: Session) -> None:
    """Change the rate where it is used: the schedule, the callbacks and what they read stay as they are."""
    peaks: dict[int, tuple[Any, float]] = {}

    def step(original: Any, optimizer: Any, grads: Any, variables: Any, learning_rate: Any) -> Any:
        if id(optimizer) not in peaks:
            with session.harness_in_control(), tf.init_scope():
                peaks[id(optimizer)] = (optimizer, _peak(optimizer))
        peak = tf.cast(peaks[id(optimizer)][1], tf.convert_to_tensor(learning_rate).dtype)
        return original(optimizer, grads, variables, tf.maximum(tf.convert_to_tensor(learning_rate), peak))

    if hasattr(keras.optimizers.Optimizer, "_backend_update_step"):  # private; without it nothing is repaired
        session.wrap(keras.optimizers.Optimizer, "_backend_update_step", step)


def _peak(optimizer: Any) -> float:
    schedule = getattr(optimizer, "_learning_rate", None)
    if isinstance(schedule, keras.optimizers.schedules.LearningRateSchedule):
        return max(float(schedule(step)) for step in STEPS)
    values = tensors.array(tensors.raw_variable(optimizer.learning_rate))
    return 0.0 if values is None else float(values)
