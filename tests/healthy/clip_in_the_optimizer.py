# practice: regression
import keras
import tensorflow as tf


def make():
    return keras.optimizers.SGD(0.05, global_clipnorm=1.0)


def train_step(model, optimizer, x, y):
    if not hasattr(make, "made"):
        make.made = make()
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    make.made.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss
