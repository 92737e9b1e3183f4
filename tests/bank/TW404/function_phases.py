import numpy as np
import tensorflow as tf


def make_model():
    return tf.keras.Sequential([
        tf.keras.layers.Input((16, 2)),
        tf.keras.layers.Conv1D(12, 3, activation="relu"),
        tf.keras.layers.GlobalMaxPooling1D(),
        tf.keras.layers.Dense(1, activation="sigmoid"),
    ])


def make_data(n=400):
    rng = np.random.RandomState(17)
    sig = rng.normal(0, 0.3, (n, 16, 2)).astype("float32")
    lab = rng.randint(0, 2, n)
    for i in range(n):
        if lab[i]:
            p = rng.randint(0, 13)
            sig[i, p:p + 3, 0] += [0.8, 1.6, 0.8]
    return sig, lab.astype("float32").reshape(-1, 1)


tf.random.set_seed(17)
signals, labels = make_data()
model = make_model()
opt = tf.keras.optimizers.Adam(learning_rate=1e-5)
bce = tf.keras.losses.BinaryCrossentropy()
ds = tf.data.Dataset.from_tensor_slices((signals, labels)).shuffle(400).batch(20)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        p = model(x, training=True)
        l = bce(y, p)
    g = tape.gradient(l, model.trainable_variables)
    opt.apply_gradients(zip(g, model.trainable_variables))
    return l


phases = [("careful start", 1e-5, 2), ("main", 2e-2, 8), ("polish", 2e-3, 3)]
for name, rate, n_epochs in phases:
    opt.lr = rate  # HERE
    for _ in range(n_epochs):
        avg = np.mean([step(a, b).numpy() for a, b in ds])
    print(f"{name:14s} loss {avg:.4f}")

acc = np.mean((model(signals).numpy() > 0.5) == labels)
print("train accuracy", acc)
