import keras
import numpy as np

# plain SGD likes 0.5 here
rng = np.random.default_rng(12)
c = rng.integers(0, 3, 420)
angle = rng.uniform(0, 2.5, 420)
r = 0.2 + angle / 4
X = np.stack([r * np.cos(angle + 2.09 * c), r * np.sin(angle + 2.09 * c)], 1) + rng.normal(0, 0.03, (420, 2))

keras.utils.set_random_seed(12)
spiral = keras.Sequential([
    keras.layers.Input((2,)),
    keras.layers.Dense(64, activation="tanh"),
    keras.layers.Dense(64, activation="tanh"),
    keras.layers.Dense(3, activation="softmax"),
])
spiral.compile(optimizer=keras.optimizers.SGD(learning_rate=0.5), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
history = spiral.fit(X, c, epochs=20, batch_size=32, verbose=0)
for e in (0, 4, 9, 14, 19):
    print(f"epoch {e + 1:2d} loss {history.history['loss'][e]:.3f} accuracy {history.history['accuracy'][e]:.3f}")
