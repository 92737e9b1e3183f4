# practice: twins
import tensorflow as tf


@tf.function
def forward(model, x):
    return model(x, training=True)


@tf.function
def mse(y, prediction):
    return tf.reduce_mean(tf.square(y - prediction))


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = mse(y, forward(model, x))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
