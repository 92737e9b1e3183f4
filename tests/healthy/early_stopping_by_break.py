# practice: regression
import tensorflow as tf


def train(model, optimizer, data):
    for epoch in range(5):
        losses = []
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            losses.append(float(loss))
            if losses[-1] < 1e-4:
                return
        if sum(losses) / len(losses) < 1.0:
            break
