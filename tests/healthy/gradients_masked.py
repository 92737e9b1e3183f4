# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    kept = [g if "dense_1" in v.path or g.shape[-1] == 1 else tf.zeros_like(g) for g, v in zip(gradients, model.trainable_variables)]
    optimizer.apply_gradients(zip(kept, model.trainable_variables))
    return loss
