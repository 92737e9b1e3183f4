# practice: twins
import tensorflow as tf


def gradients_at(model, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    return loss, tape.gradient(loss, model.trainable_variables)


def train_step(model, optimizer, x, y):
    loss, gradients = gradients_at(model, x, y)
    scale = 0.05 / (tf.linalg.global_norm(gradients) + 1e-12)
    offsets = [scale * g for g in gradients]
    for v, e in zip(model.trainable_variables, offsets):
        v.assign_add(e)
    _, sharp = gradients_at(model, x, y)
    for v, e in zip(model.trainable_variables, offsets):
        v.assign_sub(e)
    optimizer.apply_gradients(zip(sharp, model.trainable_variables))
    return loss
