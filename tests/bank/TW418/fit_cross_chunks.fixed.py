from tensorflow import keras
import numpy as np

# the training data come in chunks that do not fit into memory
keras.utils.set_random_seed(101)


class Experiment:
    def __init__(self, n_chunks=8):
        self.rng = np.random.default_rng(101)
        self.n_chunks = n_chunks
        self.centers = self.rng.normal(0, 1.5, (4, 6))
        self.model = keras.Sequential([
            keras.layers.Input((6,)),
            keras.layers.Dense(24, activation="relu"),
            keras.layers.Dense(4, activation="softmax"),
        ])
        self.compile()

    def load_chunk(self):
        y = self.rng.integers(0, 4, 120)
        x = self.centers[y] + self.rng.normal(0, 0.8, (120, 6))
        return x.astype("float32"), y

    def compile(self):
        self.model.compile(
            optimizer=keras.optimizers.SGD(learning_rate=0.02, momentum=0.95),
            loss="sparse_categorical_crossentropy",
            metrics=["accuracy"],
        )

    def run(self):
        for c in range(self.n_chunks):
            x, y = self.load_chunk()
            h = self.model.fit(x, y, epochs=2, batch_size=30, verbose=0)
            print("chunk", c, "loss", h.history["loss"][-1], "steps so far", int(self.model.optimizer.iterations))


Experiment().run()
