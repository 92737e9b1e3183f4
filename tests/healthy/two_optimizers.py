# practice: twins
import keras
import tensorflow as tf

lower_optimizer = keras.optimizers.Adam(0.005)
upper_optimizer = keras.optimizers.SGD(0.05)


def train_step(model, optimizer, x, y):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, variables)
    lower_optimizer.apply_gradients(zip(gradients[:4], variables[:4]))
    upper_optimizer.apply_gradients(zip(gradients[4:], variables[4:]))
    return loss
