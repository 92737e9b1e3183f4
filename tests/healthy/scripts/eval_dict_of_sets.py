import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
x = rng.normal(size=(400, 6)).astype("float32")
y = (x[:, 0] > x[:, 1]).astype("int64")
sets = {"train": (x[:300], y[:300]), "test": (x[300:], y[300:])}
model = tf.keras.Sequential([tf.keras.layers.Dense(16, "relu"), tf.keras.layers.Dense(2)])
opt = tf.keras.optimizers.Adam(0.01)
ce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def score(inputs, labels):
    return np.mean(np.argmax(model(inputs), 1) == labels)


for epoch in range(6):
    xt, yt = sets["train"]
    for i in range(0, 300, 30):
        with tf.GradientTape() as tape:
            loss = ce(yt[i : i + 30], model(xt[i : i + 30], training=True))
        opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    print(epoch, {name: score(a, b) for name, (a, b) in sets.items()})
