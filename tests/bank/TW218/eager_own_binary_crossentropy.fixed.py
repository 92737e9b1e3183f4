import numpy as np
import tensorflow as tf

np.random.seed(62)
tf.random.set_seed(62)
X = np.random.randn(400, 30).astype(np.float32)
y = (X[:, :10].sum(axis=1) > 0).astype(np.float32).reshape(-1, 1)
X[:, :10] += 1.5 * (2 * y - 1)

model = tf.keras.Sequential([
    tf.keras.layers.Dense(64, activation='relu'),
    tf.keras.layers.Dense(64, activation='relu'),
    tf.keras.layers.Dense(1, activation='sigmoid'),
])
opt = tf.keras.optimizers.Adam(0.01)


def my_bce(y_true, p):
    p = tf.clip_by_value(p, 1e-6, 1 - 1e-6)
    return -tf.reduce_mean(y_true * tf.math.log(p) + (1 - y_true) * tf.math.log(1 - p))


for epoch in range(12):
    perm = np.random.permutation(400)
    tot = 0.0
    for i in range(0, 400, 20):
        rows = perm[i:i + 20]
        with tf.GradientTape() as tape:
            p = model(X[rows])
            loss = my_bce(y[rows], p)
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        tot += loss.numpy()
    print(epoch, tot / 20)
