# practice: regression
# hardly learns: all batches are taken before the first step, so no epoch is seen to end after one
import tensorflow as tf


def train(model, optimizer, data):
    pairs = list(data)
    x, y = tf.concat([a for a, _ in pairs], 0), tf.concat([b for _, b in pairs], 0)
    rows = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(256, seed=1).batch(16)
    for epoch in range(5):
        for a, b in rows:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(b - model(a, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
