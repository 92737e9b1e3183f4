# practice: arrays
# eager only: works on NumPy arrays
import tensorflow as tf


def train_step(model, optimizer, x, y):
    x = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-6)
    y = y.reshape(-1, 1).astype("float32").copy()
    y *= 0.5
    y /= 0.5
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
