# toy GAN: the generator learns a gaussian at (1, -0.5)
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(2024)
rng = np.random.default_rng(2024)

LATENT = 4
generator = keras.Sequential([keras.Input((LATENT,)), layers.Dense(16, activation="relu"), layers.Dense(2)], name="generator")
discriminator = keras.Sequential([
    keras.Input((2,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(24, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
], name="discriminator")
discriminator.compile(keras.optimizers.SGD(0.1), loss="binary_crossentropy")


def real(n):
    return rng.normal([1.0, -0.5], 0.4, size=(n, 2)).astype("float32")


# warm up the critic against an untrained generator first
half = 32
for step in range(200):
    fake = np.asarray(generator(rng.normal(size=(half, LATENT)).astype("float32")))
    batch = np.concatenate([real(half), fake])
    target = np.concatenate([np.ones((half, 1)), np.zeros((half, 1))])
    d_loss = discriminator.train_on_batch(batch, target)
    if step % 40 == 39:
        print("step", step + 1, "d_loss", float(d_loss))

verdict = discriminator.predict_on_batch(np.concatenate([real(100), np.asarray(generator(rng.normal(size=(100, LATENT)).astype("float32")))]))
print("critic right on", np.mean((verdict[:, 0] > 0.5) == (np.arange(200) < 100)))
