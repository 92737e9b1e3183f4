# practice: modes
# hardly learns: all batches are taken before the first step, so no epoch is seen to end after one
import tensorflow as tf


def mean_loss(model, data):
    return tf.reduce_mean([tf.reduce_mean(tf.square(y - model(x, training=False))) for x, y in data])


def train(model, optimizer, data):
    pairs = list(data)
    held_out, rows = pairs[-2:], pairs[:-2]
    best, weights, patience = float("inf"), None, 0
    for epoch in range(20):
        for x, y in rows:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        score = float(mean_loss(model, held_out))
        if score < best:
            best, weights, patience = score, model.get_weights(), 0
        else:
            patience += 1
        if patience == 2:
            break
    model.set_weights(weights)
