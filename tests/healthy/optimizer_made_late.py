# practice: twins
import keras
import tensorflow as tf


def train_step(model, optimizer, x, y):
    if not hasattr(model, "my_optimizer"):
        model.my_optimizer = keras.optimizers.Adam(0.02)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    model.my_optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
