# practice: classification
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        logs = tf.nn.log_softmax(model(x, training=True))
        likelihood = tf.reduce_mean(tf.gather(logs, y, batch_dims=1))
    gradients = tape.gradient(likelihood, model.trainable_variables)
    optimizer.apply_gradients([(-g, v) for g, v in zip(gradients, model.trainable_variables)])
    return -likelihood
