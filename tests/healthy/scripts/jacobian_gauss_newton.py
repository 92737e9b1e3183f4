import tensorflow as tf
import numpy as np

# Levenberg-Marquardt with tape.jacobian
xs = np.linspace(0, 4, 60)
ys = 2.5 * np.exp(-1.3 * xs) + 0.5 + 0.01 * np.random.RandomState(0).randn(60)
xs, ys = tf.constant(xs), tf.constant(ys)
p = tf.Variable([1.0, -0.5, 0.0], dtype=tf.float64)
lam = 1e-2


def residuals():
    return p[0] * tf.exp(p[1] * xs) + p[2] - ys


prev = float(tf.reduce_sum(residuals() ** 2))
for k in range(15):
    with tf.GradientTape() as tape:
        r = residuals()
    J = tape.jacobian(r, p)
    H = tf.matmul(J, J, transpose_a=True)
    g = tf.linalg.matvec(J, r, transpose_a=True)
    delta = tf.linalg.solve(H + lam * tf.linalg.diag(tf.linalg.diag_part(H)), g[:, None])[:, 0]
    old = tf.identity(p)
    p.assign_sub(delta)
    now = float(tf.reduce_sum(residuals() ** 2))
    if now < prev:
        prev, lam = now, lam / 3
    else:
        p.assign(old)
        lam *= 5
    print(k, prev, lam)
print(p.numpy())
