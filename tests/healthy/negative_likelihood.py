# practice: classification
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        chance = tf.gather(tf.nn.softmax(model(x, training=True)), y, axis=1, batch_dims=1)
        likelihood = tf.reduce_mean(tf.math.log(chance + 1e-7))
        loss = -likelihood
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
