# practice: regression
import tensorflow as tf


def gradients_at(model, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    return tape.gradient(loss, model.trainable_variables)


def train(model, optimizer, data):
    for epoch in range(5):
        norms, rows = [], []
        for x, y in data:
            norms.append(float(tf.linalg.global_norm(gradients_at(model, x, y))))
            rows.append((x, y))
        x, y = tf.concat([a for a, _ in rows], 0), tf.concat([b for _, b in rows], 0)
        optimizer.apply_gradients(zip(gradients_at(model, x, y), model.trainable_variables))
        print(min(norms), max(norms))
