"""Long jobs on preemptible machines: BackupAndRestore."""
import tempfile
import keras
import numpy as np


def get_model():
    inputs = keras.Input(shape=(6,))
    x = keras.layers.Dense(20, activation="relu")(inputs)
    outputs = keras.layers.Dense(3, activation="softmax")(x)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


class InterruptingCallback(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 3:
            raise RuntimeError("machine taken away")


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    w = rng.normal(size=(6, 3))
    x = rng.normal(size=(300, 6)).astype("float32")
    y = (x @ w).argmax(1)
    with tempfile.TemporaryDirectory() as tmp:
        model = get_model()
        try:
            model.fit(x, y, epochs=8, batch_size=20, verbose=2,
                      callbacks=[keras.callbacks.BackupAndRestore(tmp + "/backup"), InterruptingCallback()])
        except RuntimeError as e:
            print("interrupted:", e)
        h = model.fit(x, y, epochs=8, batch_size=20, verbose=2, callbacks=[keras.callbacks.BackupAndRestore(tmp + "/backup")])
        print("epochs done after coming back:", len(h.history["loss"]))
