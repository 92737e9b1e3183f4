"""Train from a plain Python generator, the way old tutorials did with fit_generator."""
import numpy as np
import keras


def batches(x, y, size):
    while True:
        for i in range(0, len(x), size):
            yield x[i:i + size], y[i:i + size]


def main():
    keras.utils.set_random_seed(33)
    rng = np.random.default_rng(33)
    x = rng.uniform(-1, 1, (480, 4)).astype("float32")
    y = (np.sin(3 * x[:, :1]) + x[:, 1:2] * x[:, 2:3]).astype("float32")

    net = keras.Sequential([
        keras.Input((4,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(1),
    ])
    net.compile(keras.optimizers.RMSprop(0.005), loss="mse")
    steps = 480 // 16
    log = net.fit(batches(x, y, 16), steps_per_epoch=steps, epochs=6, verbose=0)
    print("loss per epoch:", [round(v, 4) for v in log.history["loss"]])
    print("updates:", int(net.optimizer.iterations), "expected:", 6 * steps)


main()
