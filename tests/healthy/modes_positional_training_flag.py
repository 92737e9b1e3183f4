# practice: modes
import tensorflow as tf


def forward(model, x, training):
    for layer in model.layers:
        takes = "training" in layer.call.__code__.co_varnames
        x = layer(x, training=training) if takes else layer(x)
    return x


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - forward(model, x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
