"""Predict indoor comfort from quantised temperature logs (int8, half degrees)."""
import numpy as np
import tensorflow as tf
import keras


def get_data(seed=4):
    r = np.random.default_rng(seed)
    day = r.integers(-20, 100, (420, 6)).astype("int8")       # half degrees Celsius
    night = r.integers(-40, 90, (420, 6)).astype("int8")
    comfort = (day.astype("float32") + night).mean(axis=1) / 60.0
    total = day.astype("int16") + night
    x = total.astype("float32") / 64.0
    return x, comfort.astype("float32")[:, None]


def build():
    i = keras.Input((6,))
    h = keras.layers.Dense(24, activation="relu")(i)
    return keras.Model(i, keras.layers.Dense(1)(h))


def main():
    x, y = get_data()
    ds = tf.data.Dataset.from_tensor_slices((x[:360], y[:360])).shuffle(360).batch(24)
    net = build()
    adam = keras.optimizers.Adam(0.01)

    @tf.function
    def step(a, b):
        with tf.GradientTape() as tape:
            err = tf.reduce_mean((net(a, training=True) - b) ** 2)
        g = tape.gradient(err, net.trainable_variables)
        adam.apply_gradients(zip(g, net.trainable_variables))
        return err

    for epoch in range(10):
        errs = [float(step(a, b)) for a, b in ds]
        print("epoch", epoch, "train mse", round(float(np.mean(errs)), 4))
    print("test mse", float(np.mean((net(x[360:]).numpy() - y[360:]) ** 2)))


if __name__ == "__main__":
    main()
