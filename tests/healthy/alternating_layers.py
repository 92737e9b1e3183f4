# practice: twins
import tensorflow as tf


def train(model, optimizer, data):
    optimizer.build(model.trainable_variables)
    parts = [model.layers[-1].trainable_variables, [v for la in model.layers[:-1] for v in la.trainable_variables]]
    step = 0
    for epoch in range(5):
        for x, y in data:
            chosen = parts[step % 2]
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            optimizer.apply_gradients(zip(tape.gradient(loss, chosen), chosen))
            step += 1
