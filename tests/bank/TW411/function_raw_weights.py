import numpy as np
import tensorflow as tf

rng = np.random.RandomState(2)
tf.random.set_seed(2)

# hand made three layer perceptron
sizes = [6, 64, 64, 1]
params = []
for n_in, n_out in zip(sizes[:-1], sizes[1:]):
    params.append(tf.Variable(tf.random.normal((n_in, n_out), stddev=10.0)))  # HERE
    params.append(tf.Variable(tf.zeros((n_out,))))


def mlp(x):
    n = len(params) // 2
    for k in range(n):
        x = tf.matmul(x, params[2 * k]) + params[2 * k + 1]
        if k < n - 1:
            x = tf.nn.relu(x)
    return x


X = rng.randn(420, 6).astype("float32")
Y = (np.sin(X[:, :1]) + X[:, 1:2] * 0.5).astype("float32")
optimizer = tf.keras.optimizers.Adam(learning_rate=3e-3)


@tf.function
def update(xb, yb):
    with tf.GradientTape() as tape:
        err = tf.reduce_mean(tf.square(mlp(xb) - yb))
    optimizer.apply_gradients(zip(tape.gradient(err, params), params))
    return err


update_count = 0
for epoch in range(20):
    shuffled = rng.permutation(420)
    errs = []
    for chunk in np.split(shuffled, 14):
        errs.append(float(update(tf.constant(X[chunk]), tf.constant(Y[chunk]))))
        update_count += 1
    if epoch % 5 == 4:
        print(update_count, "updates, mse", np.mean(errs))
