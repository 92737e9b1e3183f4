# practice: modes
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        calm = tf.stop_gradient(model(x, training=False))
        noisy = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - noisy)) + 0.1 * tf.reduce_mean(tf.square(calm - noisy))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
