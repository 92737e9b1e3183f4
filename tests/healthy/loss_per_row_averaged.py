# practice: regression
import keras
import tensorflow as tf

per_row = keras.losses.MeanSquaredError(reduction=None)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        rows = per_row(y, model(x, training=True))
        loss = tf.nn.compute_average_loss(rows, global_batch_size=32)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
