import keras
import numpy as np
from keras.layers import Dense, Input

# anomaly detection: autoencoder on healthy heart beats, threshold from the training error
rng = np.random.default_rng(111)
grid = np.linspace(0, 2 * np.pi, 32)


def beats(n, freq):
    phase = rng.uniform(0, 1, (n, 1))
    amp = rng.uniform(0.6, 1.0, (n, 1))
    wave = amp * np.sin(freq * grid + phase)
    return ((wave + 1) / 2 + 0.02 * rng.normal(size=(n, 32))).clip(0, 1).astype("float32")


normal_train, normal_test, strange = beats(400, 1), beats(100, 1), beats(100, 2.3)

inp = Input((32,))
enc = Dense(16, activation="relu")(inp)
enc = Dense(6, activation="relu")(enc)
dec = Dense(16, activation="relu")(enc)
dec = Dense(32, activation="sigmoid")(dec)
ae = keras.Model(inp, dec)
ae.compile(optimizer=keras.optimizers.Adam(0.005), loss="mae")
ae.fit(normal_train, normal_train, epochs=12, batch_size=20, verbose=2, validation_data=(normal_test, normal_test))


def error(x):
    return np.abs(ae.predict(x, verbose=0) - x).mean(axis=1)


threshold = error(normal_train).mean() + 2 * error(normal_train).std()
print("flagged normal: %.2f flagged strange: %.2f" % ((error(normal_test) > threshold).mean(), (error(strange) > threshold).mean()))
