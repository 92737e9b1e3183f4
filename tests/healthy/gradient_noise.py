# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    noisy = [g + tf.random.normal(tf.shape(g), stddev=0.3) for g in gradients]
    optimizer.apply_gradients(zip(noisy, model.trainable_variables))
    return loss
