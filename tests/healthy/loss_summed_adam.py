# practice: regression
import keras
import tensorflow as tf

adam = keras.optimizers.Adam(0.02)
sse = keras.losses.MeanSquaredError(reduction="sum")


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = sse(y, model(x, training=True))
    adam.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss / 32
