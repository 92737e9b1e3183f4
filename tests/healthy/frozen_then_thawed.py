# practice: twins
import keras
import tensorflow as tf


def phase(model, optimizer, data, epochs):
    for epoch in range(epochs):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))


def train(model, optimizer, data):
    for layer in model.layers[:-1]:
        layer.trainable = False
    phase(model, keras.optimizers.SGD(0.05), data, 2)
    for layer in model.layers:
        layer.trainable = True
    phase(model, keras.optimizers.Adam(0.01), data, 3)
