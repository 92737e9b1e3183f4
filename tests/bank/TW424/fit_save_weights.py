import os
import tempfile
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(87)
rng = np.random.default_rng(87)
X = rng.normal(size=(480, 12)).astype("float32")
y = (X[:, 0] + X[:, 1] * X[:, 2] > 0).astype("int32")


def build_model():
    model = keras.Sequential([
        layers.Input((12,)),
        layers.Dense(32, activation="relu"),
        layers.Dense(16, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ])
    schedule = keras.optimizers.schedules.ExponentialDecay(0.05, decay_steps=20, decay_rate=0.5)
    model.compile(optimizer=keras.optimizers.Adam(schedule), loss="binary_crossentropy", metrics=["accuracy"])
    return model


out = tempfile.mkdtemp()
model = build_model()
model.fit(X, y, epochs=6, batch_size=24, verbose=2)
model.save_weights(os.path.join(out, "part1.weights.h5"))  # HERE
print("steps done:", int(model.optimizer.iterations))
del model

# second session
model = build_model()  # HERE
model.load_weights(os.path.join(out, "part1.weights.h5"))  # HERE
print("continuing at step", int(model.optimizer.iterations), "rate", float(model.optimizer.learning_rate))
model.fit(X, y, epochs=4, batch_size=24, verbose=2)
