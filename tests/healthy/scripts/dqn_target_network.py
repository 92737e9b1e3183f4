"""DQN with replay buffer and a target network copied every 20 updates."""
import random
from collections import deque
import numpy as np
import tensorflow as tf

random.seed(4)
np.random.seed(4)
tf.random.set_seed(4)
SIZE, GAMMA, BATCH = 6, 0.9, 32


def build_q():
    return tf.keras.Sequential([
        tf.keras.Input((SIZE,)),
        tf.keras.layers.Dense(32, activation="relu"),
        tf.keras.layers.Dense(2),
    ])


q, target_q = build_q(), build_q()
target_q.set_weights(q.get_weights())
optimizer = tf.keras.optimizers.Adam(5e-3)
huber = tf.keras.losses.Huber()
buffer = deque(maxlen=1000)
states = np.eye(SIZE, dtype="float32")


def env_step(s, a):
    s2 = max(0, s - 1) if a == 0 else s + 1
    done = s2 == SIZE - 1
    return s2, (1.0 if done else 0.0), done


@tf.function
def learn(s, a, r, s2, done):
    next_q = tf.reduce_max(target_q(s2), axis=1)
    y = r + GAMMA * (1.0 - done) * next_q
    with tf.GradientTape() as tape:
        qa = tf.reduce_sum(q(s) * tf.one_hot(a, 2), axis=1)
        loss = huber(y, qa)
    g = tape.gradient(loss, q.trainable_variables)
    optimizer.apply_gradients(zip(g, q.trainable_variables))
    return loss


s, updates, losses = 0, 0, []
for t in range(400):
    a = random.randrange(2)  # pure exploration is enough here
    s2, r, done = env_step(s, a)
    buffer.append((states[s], a, r, states[s2], float(done)))
    s = random.randrange(SIZE - 1) if done else s2
    if len(buffer) >= 64:
        batch = random.sample(buffer, BATCH)
        cols = [np.array(c) for c in zip(*batch)]
        loss = learn(cols[0], cols[1].astype("int32"), cols[2].astype("float32"), cols[3], cols[4].astype("float32"))
        losses.append(float(loss))
        updates += 1
        if updates % 20 == 0:
            target_q.set_weights(q.get_weights())
print("td loss", np.mean(losses[:20]), "...", np.mean(losses[-20:]))
print("greedy actions (want all 1):", q(states[:-1]).numpy().argmax(1))
