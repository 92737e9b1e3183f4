"""Strings as features: StringLookup, Hashing and IntegerLookup in a tf.data map."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

rng = np.random.default_rng(13)
COLORS = ["red", "green", "blue", "black"]
color = rng.choice(COLORS, 480)
shop = np.array([f"shop_{i}" for i in rng.integers(0, 12, 480)])
size = rng.choice([38, 40, 42, 44], 480)
base = {"red": 1.0, "green": -0.5, "blue": 0.3, "black": -1.0}
sold = np.array([base[c] for c in color]) + (size - 41) * 0.2 + 0.1 * rng.normal(size=480)

lookup = layers.StringLookup(output_mode="one_hot")
lookup.adapt(color[:400])
hashing = layers.Hashing(num_bins=16, output_mode="one_hot")
sizes = layers.IntegerLookup(output_mode="one_hot")
sizes.adapt(size[:400])


def encode(row, target):
    parts = [lookup(row["color"]), hashing(row["shop"]), sizes(row["size"])]
    return tf.concat([tf.cast(p, tf.float32) for p in parts], axis=-1), target


full = ({"color": color, "shop": shop, "size": size}, sold.astype("float32")[:, None])
train = tf.data.Dataset.from_tensor_slices(({k: v[:400] for k, v in full[0].items()}, full[1][:400]))
test = tf.data.Dataset.from_tensor_slices(({k: v[400:] for k, v in full[0].items()}, full[1][400:]))
train = train.shuffle(400).batch(20).map(encode).prefetch(1)
test = test.batch(40).map(encode)

model = tf.keras.Sequential([layers.Dense(16, activation="relu"), layers.Dense(1)])
model.compile(optimizer=tf.keras.optimizers.Adam(0.02), loss="mse", metrics=["mae"])
model.fit(train, epochs=6, validation_data=test, verbose=2)
