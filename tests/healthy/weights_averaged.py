# practice: modes
import tensorflow as tf


def train(model, optimizer, data):
    average = [tf.Variable(v, trainable=False) for v in model.trainable_variables]
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            for a, v in zip(average, model.trainable_variables):
                a.assign_sub(0.2 * (a - v))
    for a, v in zip(average, model.trainable_variables):
        v.assign(a)
