# practice: modes
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        tf.print("mean", tf.reduce_mean(prediction))
        loss = tf.reduce_mean(tf.square(y - prediction))
        tf.print("loss", loss)
    gradients = tape.gradient(loss, model.trainable_variables)
    tf.print("norm", tf.linalg.global_norm(gradients))
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
