# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    losses = []
    for _ in range(3):
        with tf.GradientTape() as tape:
            losses.append(tf.reduce_mean(tf.square(y - model(x, training=True))))
        gradients = tape.gradient(losses[-1], model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return losses[0]
