"""Hand-written split helper for tf.data (copied from a forum answer)."""
import numpy as np
import tensorflow as tf
import keras


def get_partitions(ds, ds_size, train_split=0.8, val_split=0.2, shuffle_size=1000):
    ds = ds.shuffle(shuffle_size, seed=12, reshuffle_each_iteration=False)
    train_size = int(train_split * ds_size)
    val_size = int(val_split * ds_size)
    train_ds = ds.take(train_size)
    val_ds = ds.skip(train_size).take(val_size)
    return train_ds, val_ds


def main():
    keras.utils.set_random_seed(12)
    rng = np.random.default_rng(12)
    img = rng.normal(0, 0.5, (300, 9, 9, 1)).astype("float32")
    cls = rng.integers(0, 2, 300)
    img[cls == 1, 3:6, 3:6] += 0.6
    train_ds, val_ds = get_partitions(tf.data.Dataset.from_tensor_slices((img, cls)), 300)
    train_ds, val_ds = train_ds.batch(24), val_ds.batch(60)

    model = keras.Sequential([
        keras.Input((9, 9, 1)),
        keras.layers.Conv2D(6, 3, activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(2),
    ])
    ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    sgd = keras.optimizers.SGD(0.05)
    for epoch in range(6):
        tr, va = [], []
        for x, y in train_ds:
            with tf.GradientTape() as tape:
                loss = ce(y, model(x, training=True))
            grads = tape.gradient(loss, model.trainable_variables)
            sgd.apply_gradients(zip(grads, model.trainable_variables))
            tr.append(float(loss))
        for x, y in val_ds:
            va.append(float(ce(y, model(x, training=False))))
        print(f"{epoch}: train {np.mean(tr):.3f} valid {np.mean(va):.3f}")


if __name__ == "__main__":
    main()
