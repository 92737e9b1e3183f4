"""The same network with six optimizers, a fresh copy for each."""
import keras
import numpy as np

rng = np.random.default_rng(2)
X = rng.normal(size=(320, 5)).astype("float32")
y = np.maximum(X[:, 0], X[:, 1]) - 0.5 * X[:, 2]


def make_model():
    return keras.Sequential([keras.Input((5,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])


CANDIDATES = {
    "sgd": lambda: keras.optimizers.SGD(0.05),
    "momentum": lambda: keras.optimizers.SGD(0.02, momentum=0.9, nesterov=True),
    "rmsprop": lambda: keras.optimizers.RMSprop(0.01),
    "adamw": lambda: keras.optimizers.AdamW(0.01, weight_decay=1e-4),
    "nadam": lambda: keras.optimizers.Nadam(0.01),
}

results = {}
for name, factory in CANDIDATES.items():
    keras.utils.set_random_seed(0)
    model = make_model()
    model.compile(optimizer=factory(), loss="mse")
    losses = model.fit(X, y, epochs=5, batch_size=16, verbose=0).history["loss"]
    results[name] = losses
    print(f"{name:10s}", " ".join(f"{l:.3f}" for l in losses))

print("winner:", min(results, key=lambda k: results[k][-1]))
