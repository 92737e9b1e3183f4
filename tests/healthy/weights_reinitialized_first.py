# practice: regression
import keras
import tensorflow as tf


def train(model, optimizer, data):
    he = keras.initializers.HeNormal(seed=3)
    for v in model.trainable_variables:
        if len(v.shape) == 2:
            v.assign(he(v.shape))
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
