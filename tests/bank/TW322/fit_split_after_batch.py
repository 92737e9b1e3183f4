# same trap, split counted in batches
import numpy as np
import keras
import tensorflow as tf

keras.utils.set_random_seed(93)
t = np.random.default_rng(93)
x = t.uniform(-2, 2, (480, 12)).astype("float32")
y = (np.sin(x[:, 0]) * 2 + x[:, 1] * 0.5 + 0.3 * t.normal(size=480)).astype("float32")[:, None]

n_batches, n_train = 24, 18
data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(480).batch(20)  # HERE
train, test = data.take(n_train), data.skip(n_train)  # HERE


class Regressor(keras.Model):
    def __init__(self):
        super().__init__()
        self.h = keras.layers.Dense(48, activation="relu")
        self.o = keras.layers.Dense(1)

    def call(self, v):
        return self.o(self.h(v))


reg = Regressor()
reg.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
hist = reg.fit(train, validation_data=test, epochs=5, verbose=0).history
for k in ("loss", "val_loss"):
    print(k, np.round(hist[k], 4))
