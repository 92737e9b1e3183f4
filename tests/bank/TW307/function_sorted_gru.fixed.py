"""Sequence classification: rising, flat or falling series."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers


class Config:
    steps = 12
    per_class = 120
    batch = 24
    epochs = 5
    lr = 0.02


def series(cfg, rng):
    xs, ys = [], []
    for cls, slope in enumerate((-1.0, 0.0, 1.0)):
        ramp = slope * np.linspace(-1, 1, cfg.steps)
        xs.append(ramp + rng.normal(0, 1.2, (cfg.per_class, cfg.steps)))
        ys.append(np.full(cfg.per_class, cls))
    return np.concatenate(xs)[..., None].astype("float32"), np.concatenate(ys)


def main():
    cfg = Config()
    keras.utils.set_random_seed(77)
    x, y = series(cfg, np.random.default_rng(77))
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(cfg.batch)

    model = keras.Sequential([keras.Input((cfg.steps, 1)), layers.GRU(12), layers.Dense(3)])
    optimizer = keras.optimizers.Adam(cfg.lr)
    ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @tf.function
    def update(xb, yb):
        with tf.GradientTape() as tape:
            loss = ce(yb, model(xb, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        return loss

    for epoch in range(cfg.epochs):
        mean = np.mean([update(xb, yb).numpy() for xb, yb in dataset])
        acc = np.mean(np.argmax(model(x, training=False), -1) == y)
        print(f"{epoch=} loss={mean:.3f} acc={acc:.3f}")


if __name__ == "__main__":
    main()
