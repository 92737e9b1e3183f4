"""Two epochs as a smoke test before the long job on the cluster."""
import argparse
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


def parse():
    p = argparse.ArgumentParser()
    p.add_argument("--epochs", type=int, default=2)
    p.add_argument("--batch", type=int, default=32)
    p.add_argument("--rate", type=float, default=1e-3)
    return p.parse_args()


def load(n=640):
    rs = np.random.RandomState(0)
    x = rs.randn(n, 16).astype("float32")
    y = (x[:, :8] * x[:, 8:]).sum(axis=1) + 2 * x[:, 0]
    return x, y.astype("float32")[:, None]


def main():
    args = parse()
    x, y = load()
    model = tf.keras.Sequential([
        layers.Input((16,)),
        layers.Dense(64, activation="relu"),
        layers.Dense(64, activation="relu"),
        layers.Dense(1),
    ])
    model.compile(optimizer=tf.keras.optimizers.Adam(args.rate), loss="mse")
    h = model.fit(x[:512], y[:512], batch_size=args.batch, epochs=args.epochs, validation_data=(x[512:], y[512:]), verbose=2)
    print("smoke test ok, loss went", h.history["loss"][0], "->", h.history["loss"][-1])


if __name__ == "__main__":
    main()
