# practice: twins
import tensorflow as tf


def train(model, optimizer, data):
    optimizer.build(model.trainable_variables)
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        if epoch < 3:
            model.layers[epoch].trainable = False
