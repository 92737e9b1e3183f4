# practice: modes
import tensorflow as tf


def train(model, optimizer, data):
    for epoch in range(5):
        for number, (x, y) in enumerate(data):
            if number == 0:
                print("validation", float(tf.reduce_mean(tf.square(y - model(x, training=False)))))
                continue
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
