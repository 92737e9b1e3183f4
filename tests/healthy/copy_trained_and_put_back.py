# practice: regression
import keras
import tensorflow as tf


def train(model, optimizer, data):
    fast = keras.models.clone_model(model)
    fast.set_weights(model.get_weights())
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - fast(x, training=True)))
            gradients = tape.gradient(loss, fast.trainable_variables)
            optimizer.apply_gradients(zip(gradients, fast.trainable_variables))
        model.set_weights(fast.get_weights())
