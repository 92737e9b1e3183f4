# practice: classification
# hardly learns: rewards of sampled actions
import tensorflow as tf

baseline = tf.Variable(0.33, trainable=False)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        actions = tf.random.categorical(tf.stop_gradient(logits), 1, dtype=tf.int32)[:, 0]
        reward = tf.cast(actions == y, tf.float32)
        advantage = tf.stop_gradient(reward - baseline)
        chosen = tf.gather(tf.nn.log_softmax(logits), actions, batch_dims=1)
        loss = -tf.reduce_mean(advantage * chosen)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    baseline.assign(0.9 * baseline + 0.1 * tf.reduce_mean(reward))
    return loss
