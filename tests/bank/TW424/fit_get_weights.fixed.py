import numpy as np
import keras
import tempfile
import os


def network():
    words = keras.Input((9,), dtype="int32")
    h = keras.layers.Embedding(25, 6)(words)
    h = keras.layers.Conv1D(8, 3, activation="relu")(h)
    h = keras.layers.Flatten()(h)
    return keras.Model(words, keras.layers.Dense(2, activation="softmax")(h))


def compiled(model):
    decay = keras.optimizers.schedules.PiecewiseConstantDecay([80, 130], [0.05, 0.005, 0.001])
    model.compile(keras.optimizers.RMSprop(decay), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


if __name__ == "__main__":
    keras.utils.set_random_seed(45)
    rng = np.random.default_rng(45)
    ids = rng.integers(0, 25, (400, 9))
    lab = ((ids < 8).sum(axis=1) > (ids > 16).sum(axis=1)).astype("int32")
    ckpt = os.path.join(tempfile.mkdtemp(), "conv.keras")

    m = compiled(network())
    a = m.fit(ids, lab, batch_size=20, epochs=7, verbose=0)
    m.save(ckpt)
    print("part one", np.round(a.history["loss"], 4))

    m2 = keras.models.load_model(ckpt)
    b = m2.fit(ids, lab, batch_size=20, epochs=3, verbose=0)
    print("part two", np.round(b.history["loss"], 4), "iterations", int(m2.optimizer.iterations))
