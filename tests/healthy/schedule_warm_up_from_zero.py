# practice: regression
import tensorflow as tf


def train(model, optimizer, data):
    for epoch in range(5):
        for number, (x, y) in enumerate(data):
            optimizer.learning_rate.assign(0.05 * min(1.0, (8 * epoch + number) / 10))
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
