# practice: regression
import tensorflow as tf


def train(model, optimizer, data):
    first = {v.path: tf.zeros_like(v) for v in model.trainable_variables}
    second = {v.path: tf.zeros_like(v) for v in model.trainable_variables}
    t = 0
    for epoch in range(5):
        for x, y in data:
            t += 1
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            for v, g in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
                first[v.path] = 0.9 * first[v.path] + 0.1 * g
                second[v.path] = 0.999 * second[v.path] + 0.001 * g * g
                m = first[v.path] / (1 - 0.9**t)
                s = second[v.path] / (1 - 0.999**t)
                v.assign(v - 0.02 * m / (tf.sqrt(s) + 1e-7))
