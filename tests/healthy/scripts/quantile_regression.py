"""Three quantiles at once with the pinball loss."""
import keras
from keras import ops
import numpy as np

QUANTILES = np.array([0.1, 0.5, 0.9], dtype="float32")


def pinball(y_true, y_pred):
    e = y_true - y_pred
    return ops.mean(ops.maximum(QUANTILES * e, (QUANTILES - 1) * e), axis=-1)


def main():
    rng = np.random.default_rng(50)
    x = rng.uniform(-2, 2, size=(600, 1)).astype("float32")
    y = np.sin(x) + rng.normal(size=x.shape) * (0.1 + 0.2 * np.abs(x))
    y3 = np.repeat(y, 3, axis=1).astype("float32")
    x_tr, y_tr, x_te, y_te = x[:500], y3[:500], x[500:], y3[500:]

    model = keras.Sequential([
        keras.Input((1,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(3),
    ])
    model.compile(loss=pinball, optimizer=keras.optimizers.Adam(5e-3))
    model.fit(x_tr, y_tr, epochs=12, batch_size=25, verbose=2)
    q = model.predict(x_te, verbose=0)
    for k, name in enumerate(["10%", "50%", "90%"]):
        print(name, "covers", float((y_te[:, 0] <= q[:, k]).mean()))


if __name__ == "__main__":
    main()
