# practice: twins
import tensorflow as tf


@tf.custom_gradient
def gentle(x):
    def back(upstream):
        return tf.clip_by_value(upstream, -0.1, 0.1)

    return tf.identity(x), back


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - gentle(model(x, training=True))))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
