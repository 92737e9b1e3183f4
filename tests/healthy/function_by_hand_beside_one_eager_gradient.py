# practice: regression
import tensorflow as tf


def train(model, optimizer, data):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        for v, g in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
            v.assign_sub(0.05 * g)

    for epoch in range(5):
        for number, (x, y) in enumerate(data):
            if epoch == 0 and number == 0:
                with tf.GradientTape() as tape:
                    loss = tf.reduce_mean(tf.square(y - model(x)))
                print("norm at the start", tf.linalg.global_norm(tape.gradient(loss, model.trainable_variables)).numpy())
            step(x, y)
