# practice: regression
import tensorflow as tf


def train(model, optimizer, data):
    optimizer.learning_rate = 0.2
    for epoch in range(5):
        total, batches = [0.0 for _ in model.trainable_variables], 0
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            for i, g in enumerate(tape.gradient(loss, model.trainable_variables)):
                total[i] += g
            batches += 1
        optimizer.apply_gradients([(t / batches, v) for t, v in zip(total, model.trainable_variables)])
