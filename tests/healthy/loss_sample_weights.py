# practice: regression
import keras
import tensorflow as tf

mse = keras.losses.MeanSquaredError()


def train_step(model, optimizer, x, y):
    weights = tf.where(y[:, 0] > 0.0, 1.0, 0.5)
    with tf.GradientTape() as tape:
        loss = mse(y, model(x, training=True), sample_weight=weights)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
