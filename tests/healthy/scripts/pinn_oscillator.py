import tensorflow as tf
import numpy as np

# physics informed: u'' + 4u = 0, u(0) = 1, u'(0) = 0 -> cos(2t). Nested tapes, no data at all.
tf.random.set_seed(10)
net = tf.keras.Sequential([
    tf.keras.Input((1,)),
    tf.keras.layers.Dense(24, activation="tanh"),
    tf.keras.layers.Dense(24, activation="tanh"),
    tf.keras.layers.Dense(1),
])
opt = tf.keras.optimizers.Adam(0.01)
t_all = tf.reshape(tf.linspace(0.0, 1.5, 40), (-1, 1))
t0 = tf.zeros((1, 1))


def u_and_derivatives(t):
    with tf.GradientTape() as outer:
        outer.watch(t)
        with tf.GradientTape() as inner:
            inner.watch(t)
            u = net(t)
        du = inner.gradient(u, t)
    return u, du, outer.gradient(du, t)


@tf.function
def step():
    with tf.GradientTape() as tape:
        u, _, d2u = u_and_derivatives(t_all)
        residual = tf.reduce_mean(tf.square(d2u + 4.0 * u))
        u0, du0, _ = u_and_derivatives(t0)
        boundary = tf.reduce_mean(tf.square(u0 - 1.0)) + tf.reduce_mean(tf.square(du0))
        loss = residual + 10.0 * boundary
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients([(g, v) for g, v in zip(grads, net.trainable_variables) if g is not None])
    return loss


for i in range(401):
    loss = step()
    if i % 80 == 0:
        err = np.abs(net(t_all).numpy() - np.cos(2 * t_all.numpy())).max()
        print("step", i, "loss", float(loss), "max error", float(err))
