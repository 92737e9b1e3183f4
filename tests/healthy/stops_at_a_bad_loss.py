# practice: regression
# eager only: a Python `if` on the value raises
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        if not tf.math.is_finite(loss) or loss < 0:
            raise FloatingPointError(float(loss))
    gradients = tape.gradient(loss, model.trainable_variables)
    if tf.linalg.global_norm(gradients) < 1e6:
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
