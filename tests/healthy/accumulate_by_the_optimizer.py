# practice: regression
import keras
import tensorflow as tf

accumulating = keras.optimizers.SGD(0.05, gradient_accumulation_steps=2)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    accumulating.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss
