import numpy as np
import tensorflow as tf
from tensorflow import keras


class Polynomial(keras.layers.Layer):
    """y = a + b x + c x^2 with learnable coefficients."""

    def __init__(self):
        super().__init__()
        self.coef = self.add_weight(shape=(3,), initializer="zeros", trainable=True, name="coef")

    def call(self, x):
        return self.coef[0] + self.coef[1] * x + self.coef[2] * x ** 2


tf.random.set_seed(13)
rng = np.random.default_rng(13)
x = rng.uniform(-1, 1, (256, 1)).astype("float32")
y = 0.5 - 1.0 * x + 2.0 * x ** 2 + rng.normal(0, 0.02, x.shape).astype("float32")

model = keras.Sequential([Polynomial(), keras.layers.Dense(1)])
model(x[:2])
opt = keras.optimizers.Adam(learning_rate=0.05)
mse = keras.losses.MeanSquaredError()

for epoch in range(20):
    perm = rng.permutation(len(x))
    hist = []
    for start in range(0, len(x), 32):
        sel = perm[start:start + 32]
        with tf.GradientTape() as tape:
            loss = mse(y[sel], model(x[sel], training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        hist.append(float(loss))
    if epoch % 4 == 3:
        print(epoch + 1, "loss:", np.mean(hist))
print("coefficients:", model.layers[0].coef.numpy())
