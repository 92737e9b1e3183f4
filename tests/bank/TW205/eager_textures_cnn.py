import numpy as np
import tensorflow as tf
import keras
from keras import layers


def textures(n, rng):
    yy, xx = np.mgrid[0:10, 0:10]
    out, lab = [], []
    for _ in range(n):
        k = rng.integers(5)
        ph = rng.uniform(0, 6)
        base = [np.sin(xx + ph), np.sin(yy + ph), np.sin(xx + yy + ph), np.sin(xx - yy + ph), np.sin(2 * xx + ph) * np.sin(2 * yy)][k]
        out.append(base + rng.normal(0, 0.5, base.shape))
        lab.append(k)
    return np.array(out, "float32")[..., None], np.eye(5, dtype="float32")[lab]


rng = np.random.default_rng(4)
keras.utils.set_random_seed(4)
x, y = textures(320, rng)
xv, yv = textures(100, rng)

model = keras.Sequential([
    layers.Input((10, 10, 1)),
    layers.Conv2D(12, 3, activation="relu"),
    layers.Conv2D(12, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(5, activation="softmax"),
])
optimizer = keras.optimizers.Adam(5e-3)
loss_fn = keras.losses.BinaryCrossentropy()  # HERE
metric = keras.metrics.BinaryAccuracy()

for epoch in range(1, 8):
    metric.reset_state()
    perm = rng.permutation(320)
    tot = 0
    for i in range(10):
        idx = perm[i * 32:(i + 1) * 32]
        with tf.GradientTape() as tape:
            probs = model(x[idx], training=True)
            loss = loss_fn(y[idx], probs)
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        metric.update_state(y[idx], probs)
        tot += loss.numpy()
    print(f"epoch {epoch}  loss {tot / 10:.3f}  accuracy {float(metric.result()):.3f}")

print("validation:", np.mean(model(xv).numpy().argmax(-1) == yv.argmax(-1)))
