# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    features = x
    for layer in model.layers[:-1]:
        features = layer(features)
    features = tf.stop_gradient(features)
    head = model.layers[-1]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - head(features)))
    optimizer.apply_gradients(zip(tape.gradient(loss, head.trainable_variables), head.trainable_variables))
    return loss
