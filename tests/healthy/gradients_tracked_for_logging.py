# practice: regression
import tensorflow as tf

norms = []


def train(model, optimizer, data):
    first = None
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            first = gradients if first is None else first
            norms.append(float(tf.linalg.global_norm([a - b for a, b in zip(gradients, first)])))
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
