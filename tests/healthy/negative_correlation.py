# practice: regression
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        p = model(x, training=True)
        p, t = p - tf.reduce_mean(p), y - tf.reduce_mean(y)
        loss = -tf.reduce_sum(p * t) / (tf.norm(p) * tf.norm(t) + 1e-6)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
