"""Everything TensorFlow and Keras do only once, done before a learner waits for it."""

from __future__ import annotations

import keras
import tensorflow as tf

from trainwhy.lab import practice


def warm_up() -> None:
    """Train a small model for two steps and forget it; a run seeds every generator anew before it begins."""
    keras.utils.set_random_seed(0)
    task = practice.regression()
    data = task.data(0)
    if task.model is None or task.optimizer is None:
        return
    model, optimizer = task.model(), task.optimizer()
    x, y = tf.constant(data.x[:32]), tf.constant(data.y[:32])
    for _ in range(2):
        with tf.GradientTape() as tape:
            loss = task.loss(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
    model(x, training=False).numpy()
    keras.utils.clear_session()
