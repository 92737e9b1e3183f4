# practice: modes
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        with tape.stop_recording():
            worst = tf.reduce_max(tf.abs(prediction - y))
            calm = model(x, training=False)
        loss = tf.reduce_mean(tf.square(y - prediction))
    tf.debugging.assert_all_finite(worst, "worst")
    tf.debugging.assert_all_finite(calm, "calm")
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
