# practice: regression
import tensorflow as tf


def train(model, optimizer, data):
    print("training", model.name, "with", optimizer.name)
    for epoch in range(5):
        for number, (x, y) in enumerate(data):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            for line in range(20):
                print(f"epoch {epoch} batch {number} line {line} loss {loss:.6f} " + "." * 40)
