# practice: regression
import keras
import tensorflow as tf

averaging = keras.optimizers.Adam(0.02, use_ema=True, ema_momentum=0.9, ema_overwrite_frequency=8)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    averaging.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return loss
