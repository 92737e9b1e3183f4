"""Train an encoder and a linear probe together."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(12)

x_all = np.random.normal(size=(320, 16)).astype("float32")
y_all = np.sin(x_all[:, 0:1] * 2.0) + x_all[:, 1:2] * x_all[:, 2:3]

encoder = keras.Sequential([keras.Input((16,)), keras.layers.Dense(48, activation="relu"), keras.layers.Dense(8)])
probe = keras.layers.Dense(1)
probe.build((None, 8))
opt = keras.optimizers.Adam(learning_rate=1e-2)
params = encoder.trainable_variables + probe.trainable_variables


def unit_length(v):
    v = np.asarray(v)  # HERE
    return v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-6)


def main():
    batches = tf.data.Dataset.from_tensor_slices((x_all, y_all)).shuffle(320, seed=1).batch(40)
    for epoch in range(9):
        seen, total = 0, 0.0
        for xb, yb in batches:
            with tf.GradientTape() as tape:
                code = unit_length(encoder(xb, training=True))
                loss = tf.reduce_mean(tf.square(yb - 3.0 * probe(code)))
            opt.apply_gradients(zip(tape.gradient(loss, params), params))
            total += float(loss) * len(xb)
            seen += len(xb)
        print(epoch, total / seen)


if __name__ == "__main__":
    main()
