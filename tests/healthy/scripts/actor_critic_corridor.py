# Minimal actor-critic on a corridor world
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

seed = 42
gamma = 0.95
rng = np.random.RandomState(seed)
tf.random.set_seed(seed)
SIZE = 6
eps = np.finfo(np.float32).eps.item()


def encode(pos):
    v = np.zeros((1, SIZE), np.float32)
    v[0, pos] = 1.0
    return v


inputs = layers.Input(shape=(SIZE,))
common = layers.Dense(32, activation="relu")(inputs)
action = layers.Dense(2, activation="softmax")(common)
critic = layers.Dense(1)(common)
model = keras.Model(inputs=inputs, outputs=[action, critic])
optimizer = keras.optimizers.Adam(learning_rate=0.01)
huber_loss = keras.losses.Huber()
running = 0.0

for episode in range(12):
    pos, rewards, log_probs, values = 1, [], [], []
    episode_reward = 0
    with tf.GradientTape() as tape:
        for timestep in range(20):
            action_probs, critic_value = model(encode(pos))
            values.append(critic_value[0, 0])
            p = np.squeeze(action_probs.numpy())
            a = rng.choice(2, p=p / p.sum())
            log_probs.append(tf.math.log(action_probs[0, a]))
            pos = max(0, pos - 1) if a == 0 else pos + 1
            done = pos == SIZE - 1
            r = 1.0 if done else -0.05
            rewards.append(r)
            episode_reward += r
            if done:
                break
        returns, acc = [], 0
        for r in rewards[::-1]:
            acc = r + gamma * acc
            returns.insert(0, acc)
        returns = np.array(returns)
        returns = ((returns - returns.mean()) / (returns.std() + eps)).tolist()
        actor_losses, critic_losses = [], []
        for lp, v, ret in zip(log_probs, values, returns):
            diff = ret - v
            actor_losses.append(-lp * tf.stop_gradient(diff))
            critic_losses.append(huber_loss(tf.expand_dims(v, 0), tf.expand_dims(ret, 0)))
        loss_value = sum(actor_losses) + sum(critic_losses)
    grads = tape.gradient(loss_value, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    running = 0.05 * episode_reward + 0.95 * running
    print("episode", episode, "running reward: {:.2f}".format(running))
