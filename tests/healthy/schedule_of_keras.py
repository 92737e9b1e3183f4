# practice: regression
import keras
import tensorflow as tf


def train(model, optimizer, data):
    schedule = keras.optimizers.schedules.ExponentialDecay(0.1, decay_steps=8, decay_rate=0.8)
    scheduled = keras.optimizers.SGD(schedule, momentum=0.5)
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            scheduled.apply_gradients(zip(gradients, model.trainable_variables))
