import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(44)


def simulate(n_steps=400, dt=0.1, seed=44):
    """Damped pendulum, returns (angle, speed, torque) -> acceleration."""
    rng = np.random.default_rng(seed)
    angle, speed = 1.0, 0.0
    rows, acc = [], []
    for _ in range(n_steps):
        torque = rng.normal(0, 2)
        a = -3.0 * np.sin(angle) - 0.2 * speed + torque
        rows.append((angle, speed, torque))
        acc.append(a)
        speed += dt * a
        angle += dt * speed
        angle = (angle + np.pi) % (2 * np.pi) - np.pi
    return np.array(rows, "float32"), np.array(acc, "float32")


states, accel = simulate()
states = (states - states.mean(0)) / states.std(0)
ds = tf.data.Dataset.from_tensor_slices((states, accel[:, None])).shuffle(400).batch(20)

dynamics = keras.Sequential([
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(1),
])
opt = keras.optimizers.Adam(0.01)

for epoch in range(8):
    err = 0.0
    for s, a in ds:
        with tf.GradientTape() as tape:
            a_hat = dynamics(s)
            loss = tf.reduce_mean(tf.square(a - a_hat))
        grads = tape.gradient(loss, dynamics.trainable_variables)
        opt.apply_gradients(zip(grads, dynamics.trainable_variables))
        err += loss.numpy() / len(ds)
    print("epoch %2d  mse %.4f" % (epoch, err))
