"""REINFORCE on a contextual bandit; the loss itself says little, watch the reward."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(1)
tf.random.set_seed(1)
N_ARMS, N_CTX = 4, 6
best_arm = np.random.randint(0, N_ARMS, N_CTX)

policy = keras.Sequential([keras.Input((N_CTX,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(N_ARMS)])
optimizer = keras.optimizers.Adam(0.01)


@tf.function
def update(ctx, actions, advantages):
    with tf.GradientTape() as tape:
        logits = policy(ctx, training=True)
        logp = -tf.nn.sparse_softmax_cross_entropy_with_logits(labels=actions, logits=logits)
        probs = tf.nn.softmax(logits)
        entropy = -tf.reduce_mean(tf.reduce_sum(probs * tf.nn.log_softmax(logits), axis=1))
        loss = -tf.reduce_mean(logp * advantages) - 0.01 * entropy
    grads = tape.gradient(loss, policy.trainable_variables)
    optimizer.apply_gradients(zip(grads, policy.trainable_variables))
    return loss


baseline, rewards_log = 0.0, []
for it in range(200):
    c = np.random.randint(0, N_CTX, 32)
    ctx = tf.one_hot(c, N_CTX)
    actions = tf.random.categorical(policy(ctx, training=False), 1, dtype=tf.int32)[:, 0]
    reward = (actions.numpy() == best_arm[c]).astype("float32") + 0.1 * np.random.randn(32).astype("float32")
    advantage = reward - baseline
    baseline = 0.9 * baseline + 0.1 * reward.mean()
    update(ctx, actions, tf.constant(advantage))
    rewards_log.append(reward.mean())
    if (it + 1) % 40 == 0:
        print("iteration", it + 1, "reward (last 40)", np.mean(rewards_log[-40:]).round(3))
