# practice: twins
import keras
import tensorflow as tf

optimizers = [keras.optimizers.SGD(rate) for rate in (0.02, 0.03, 0.04, 0.05)]


def train_step(model, optimizer, x, y):
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    for own, layer in zip(optimizers, model.layers):
        own.apply(tape.gradient(loss, layer.trainable_variables), layer.trainable_variables)
    return loss
