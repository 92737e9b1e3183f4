# practice: regression
import tensorflow as tf


def train(model, optimizer, data):
    for epoch, rate in enumerate([0.1, 0.05, 0.02, 0.01, 0.0]):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            for v, g in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
                v.assign_sub(rate * g)
