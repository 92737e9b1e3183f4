# practice: unbuilt
import keras
import tensorflow as tf

for_sums = keras.optimizers.SGD(0.05 / 32)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(y - model(x, training=True)))
    for_sums.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss / 32
