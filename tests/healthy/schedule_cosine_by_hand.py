# practice: regression
import math

import tensorflow as tf


def train(model, optimizer, data):
    step, total = 0, 40
    for epoch in range(5):
        for x, y in data:
            optimizer.learning_rate = 0.5 * 0.1 * (1 + math.cos(math.pi * step / total))
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            step += 1
