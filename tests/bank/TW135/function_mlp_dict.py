# crashes
"""Two layer net written with plain TensorFlow, no keras."""
import numpy as np
import tensorflow as tf


def init_params(sizes, seed=0):
    rng = np.random.RandomState(seed)
    params = {}
    for i, (m, n) in enumerate(zip(sizes[:-1], sizes[1:])):
        params[f"W{i}"] = tf.convert_to_tensor(rng.randn(m, n) / np.sqrt(m), dtype=tf.float32)  # HERE
        params[f"b{i}"] = tf.zeros([n])  # HERE
    return params


def forward(params, x):
    h = tf.nn.relu(x @ params["W0"] + params["b0"])
    return h @ params["W1"] + params["b1"]


params = init_params([2, 32, 1])


@tf.function
def update(x, y, lr):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((forward(params, x) - y) ** 2)
    grads = tape.gradient(loss, params)
    for name in params:
        params[name].assign_sub(lr * grads[name])
    return loss


def main():
    rng = np.random.RandomState(1)
    X = rng.uniform(-2, 2, (500, 2)).astype(np.float32)
    Y = (np.abs(X[:, :1]) - 0.5 * X[:, 1:]).astype(np.float32)
    ds = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(500).batch(50)
    for epoch in range(15):
        losses = [update(x, y, tf.constant(0.05)).numpy() for x, y in ds]
        if epoch % 3 == 2:
            print("epoch", epoch + 1, "mse", np.mean(losses))


main()
