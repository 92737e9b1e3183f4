# practice: regression
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    updates = [-0.05 * g for g in tape.gradient(loss, model.trainable_variables)]
    for v, u in zip(model.trainable_variables, updates):
        v.assign_add(u)
    return loss
