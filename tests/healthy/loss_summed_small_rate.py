# practice: regression
import keras
import tensorflow as tf

BATCH = 32
for_sums = keras.optimizers.SGD(0.05 / BATCH)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(y - model(x, training=True)))
    for_sums.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss / BATCH
