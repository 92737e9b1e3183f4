# practice: regression
import tensorflow as tf


def train(model, optimizer, data):
    variables = model.trainable_variables
    for epoch in range(5):
        kept = None
        for number, (x, y) in enumerate(data, start=1):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, variables)
            kept = gradients if kept is None else [a + b for a, b in zip(kept, gradients)]
            if number % 2 == 0:
                optimizer.apply_gradients(zip([k / 2 for k in kept], variables))
                kept = None
