# practice: twins
import keras
import tensorflow as tf


class Plain(keras.optimizers.Optimizer):
    def __init__(self):
        super().__init__(learning_rate=0.05)

    def update_step(self, gradient, variable, learning_rate):
        self.assign_sub(variable, learning_rate * gradient)


plain = Plain()


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    plain.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss
