import numpy as np
import tensorflow as tf
import keras

# actor-critic in a corridor: start in the middle, goal on the right end
keras.utils.set_random_seed(12)
LENGTH, GAMMA, MAX_STEPS = 7, 0.95, 12

inputs = keras.layers.Input(shape=(LENGTH,))
common = keras.layers.Dense(24, activation="relu")(inputs)
action = keras.layers.Dense(2, activation="softmax")(common)
critic = keras.layers.Dense(1)(common)
model = keras.Model(inputs=inputs, outputs=[action, critic])
optimizer = keras.optimizers.Adam(learning_rate=0.01)
huber = keras.losses.Huber()
policy = tf.function(model)
eye = np.eye(LENGTH, dtype="float32")


def play():
    pos, states, actions, rewards = LENGTH // 2, [], [], []
    for _ in range(MAX_STEPS):
        p, _v = policy(tf.constant(eye[pos:pos + 1]))
        p = p.numpy()[0].astype("float64")
        a = np.random.choice(2, p=p / p.sum())
        states.append(pos)
        actions.append(a)
        pos = min(max(pos + (1 if a else -1), 0), LENGTH - 1)
        rewards.append(1.0 if pos == LENGTH - 1 else -0.05)
        if pos == LENGTH - 1:
            break
    returns, g = [], 0.0
    for r in rewards[::-1]:
        g = r + GAMMA * g
        returns.insert(0, g)
    return eye[states], np.array(actions), np.array(returns, "float32"), sum(rewards)


running = 0.0
for episode in range(60):
    s, a, ret, total = play()
    with tf.GradientTape() as tape:
        probs, values = model(s, training=True)
        logp = tf.math.log(tf.gather(probs, a, batch_dims=1) + 1e-8)
        adv = tf.stop_gradient(ret[:, None] - values)[:, 0]
        loss = -tf.reduce_mean(logp * adv) + huber(ret[:, None], values)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    running = 0.1 * total + 0.9 * running
    if episode % 10 == 9:
        print("running reward: {:.2f} at episode {}".format(running, episode + 1))
