"""Digit-like patterns, custom loop."""
import keras
import numpy as np
import tensorflow as tf


def load(seed=5, n=300):
    r = np.random.default_rng(seed)
    proto = r.uniform(0, 1, size=(5, 36))
    lab = r.integers(0, 5, n)
    img = np.clip(proto[lab] + 0.25 * r.normal(size=(n, 36)), 0, 1)
    return img.astype("float32"), lab


def main():
    x, y = load()
    net = keras.Sequential([keras.Input((36,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(5)])
    scce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(300).batch(50)
    adam = keras.optimizers.Adam(0.01)
    for epoch in range(6):
        mean = keras.metrics.Mean()
        for xb, yb in data:
            with tf.GradientTape() as tape:
                loss = scce(yb, net(xb))
            adam.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
            mean.update_state(loss)
        print(f"{epoch:3d} {float(mean.result()):.4f}  steps taken: {int(adam.iterations)}")


main()
