# practice: twins
import tensorflow as tf

codes = tf.Variable(tf.linspace(-6.0, 6.0, 49)[:, None], trainable=True)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        z = model(x, training=True)
        nearest = tf.argmin(tf.abs(z - tf.transpose(codes)), axis=1)
        q = tf.gather(codes, nearest)
        commit = tf.reduce_mean(tf.square(tf.stop_gradient(q) - z)) + tf.reduce_mean(tf.square(q - tf.stop_gradient(z)))
        loss = tf.reduce_mean(tf.square(y - (z + tf.stop_gradient(q - z)))) + 0.1 * commit
    weights = model.trainable_variables
    gradients, of_codes = tape.gradient(loss, [weights, codes])
    optimizer.apply_gradients(zip(gradients, weights))
    codes.assign_sub(0.05 * tf.convert_to_tensor(of_codes))
    return loss
