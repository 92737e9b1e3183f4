# practice: regression
import keras
import tensorflow as tf


def gradients_at(model, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    return tape.gradient(loss, model.trainable_variables)


def train(model, optimizer, data):
    layers = [keras.Input((3,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)]
    fast = keras.Sequential(layers)
    for epoch in range(5):
        for x, y in data:
            fast.set_weights(model.get_weights())
            for v, g in zip(fast.trainable_variables, gradients_at(fast, x[:16], y[:16])):
                v.assign_sub(0.02 * g)
            optimizer.apply_gradients(zip(gradients_at(fast, x[16:], y[16:]), model.trainable_variables))
