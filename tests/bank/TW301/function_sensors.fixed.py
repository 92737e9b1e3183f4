"""Fault detection from machine sensors (rpm, temperature, pressure in Pa, vibration)."""
import tensorflow as tf
import numpy as np

rng = np.random.default_rng(11)
N = 512
rpm = rng.normal(3000, 400, N)
temp = rng.normal(75, 8, N)
pressure = rng.normal(101325, 2500, N)
vib = rng.normal(0.02, 0.006, N)
score = (rpm - 3000) / 400 + (temp - 75) / 8 + 1.5 * (vib - 0.02) / 0.006
faulty = (score > 0).astype(np.float32)

X = np.column_stack([rpm, temp, pressure, vib]).astype(np.float32)
X = (X - X[:400].mean(0)) / X[:400].std(0)
ds = tf.data.Dataset.from_tensor_slices((X[:400], faulty[:400, None])).shuffle(400).batch(25)


class FaultNet(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.h1 = tf.keras.layers.Dense(24, activation="relu")
        self.h2 = tf.keras.layers.Dense(12, activation="relu")
        self.out = tf.keras.layers.Dense(1, activation="sigmoid")

    def call(self, x):
        return self.out(self.h2(self.h1(x)))


model = FaultNet()
bce = tf.keras.losses.BinaryCrossentropy()
opt = tf.keras.optimizers.Adam(0.01)
loss_avg = tf.keras.metrics.Mean()
acc = tf.keras.metrics.BinaryAccuracy()


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        p = model(x, training=True)
        loss = bce(y, p)
    g = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(g, model.trainable_variables))
    loss_avg.update_state(loss)
    acc.update_state(y, p)


for epoch in range(6):
    loss_avg.reset_state()
    acc.reset_state()
    for x, y in ds:
        train_step(x, y)
    print("epoch", epoch + 1, "loss", loss_avg.result().numpy(), "acc", acc.result().numpy())

test_p = model(X[400:]).numpy()[:, 0]
print("test accuracy:", np.mean((test_p > 0.5) == (faulty[400:] > 0.5)))
