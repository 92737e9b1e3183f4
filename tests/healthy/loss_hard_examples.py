# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        rows = tf.reduce_mean(tf.square(y - model(x, training=True)), axis=1)
        hardest, _ = tf.math.top_k(rows, k=24)
        loss = tf.reduce_mean(hardest)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
