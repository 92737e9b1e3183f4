import numpy as np
import tensorflow as tf

np.random.seed(1)
tf.random.set_seed(1)
# bars on a 8x8 grid
clean = np.zeros((400, 8, 8), dtype=np.float32)
for k in range(400):
    if np.random.rand() < 0.5:
        clean[k, np.random.randint(8)] = 1
    else:
        clean[k, :, np.random.randint(8)] = 1
clean = clean.reshape(400, 64)
noisy = np.clip(clean + 0.3 * np.random.normal(size=clean.shape), 0.0, 1.0).astype(np.float32)

x_train_noisy, x_test_noisy = noisy[:320], noisy[320:]
x_train, x_test = clean[:320], clean[320:]


class Denoise(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = tf.keras.Sequential([tf.keras.layers.Dense(48, activation="relu"), tf.keras.layers.Dense(16, activation="relu")])
        self.decoder = tf.keras.Sequential([tf.keras.layers.Dense(48, activation="relu"), tf.keras.layers.Dense(64, activation="sigmoid")])

    def call(self, x):
        return self.decoder(self.encoder(x))


autoencoder = Denoise()
autoencoder.compile(optimizer=tf.keras.optimizers.Adam(5e-3), loss=tf.keras.losses.MeanSquaredError())
autoencoder.fit(x_train_noisy, x_train, epochs=15, batch_size=16, shuffle=True, verbose=2, validation_data=(x_test_noisy, x_test))
out = autoencoder(x_test_noisy[:1]).numpy().reshape(8, 8)
print(np.round(out, 1))
