# practice: regression
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
        inside = tf.reduce_mean(tf.abs(tf.round(prediction) - tf.round(y)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    hits = tf.reduce_mean(tf.cast(tf.round(prediction) == tf.round(y), tf.float32))
    return {"loss": loss, "hits": hits, "inside": inside}
