# practice: regression
import keras
import tensorflow as tf

small_steps = keras.optimizers.SGD(0.005)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = 10 * tf.reduce_mean(tf.square(y - model(x, training=True)))
    small_steps.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss
