# practice: twins
import keras
import tensorflow as tf

cache = {}


def train_step(model, optimizer, x, y):
    if "both" not in cache:
        cache["both"] = keras.Model(model.inputs, [model.layers[-2].output, model.layers[-1].output])
    with tf.GradientTape() as tape:
        middle, prediction = cache["both"](x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction)) + 1e-4 * tf.reduce_mean(tf.abs(middle))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
