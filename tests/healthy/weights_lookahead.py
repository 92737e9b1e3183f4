# practice: twins
import numpy as np
import tensorflow as tf


def train(model, optimizer, data):
    slow = model.get_weights()
    step = 0
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            step += 1
            if step % 4 == 0:
                slow = [np.asarray(s + 0.8 * (f - s)) for s, f in zip(slow, model.get_weights())]
                model.set_weights(slow)
