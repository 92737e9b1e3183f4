# practice: twins
import tensorflow as tf

log_sigma = tf.Variable(0.0)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        z = (y - model(x, training=True)) * tf.exp(-log_sigma)
        loss = tf.reduce_mean(0.5 * tf.square(z) + log_sigma) - 1.5
    weights = [*model.trainable_variables, log_sigma]
    for w, g in zip(weights, tape.gradient(loss, weights)):
        w.assign_sub(0.02 * g)
    return loss
