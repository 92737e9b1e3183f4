# practice: twins
# hardly learns: the rate is tiny
import keras
import tensorflow as tf

slow = keras.optimizers.SGD(1e-6)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    slow.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss
