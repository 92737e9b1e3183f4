import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(41)
rng = np.random.default_rng(41)
N = 500
x = rng.normal(size=(N, 30)).astype("float32")
y = (x[:, :5].sum(axis=1) + rng.normal(0, 0.3, N) > 0).astype("int32")

dataset = tf.data.Dataset.from_tensor_slices((x, y))
dataset = dataset.shuffle(N)  # HERE
train_size = int(0.8 * N)
train_ds = dataset.take(train_size).batch(32).prefetch(1)  # HERE
val_ds = dataset.skip(train_size).batch(32).prefetch(1)  # HERE

model = keras.Sequential([
    keras.layers.Input((30,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(2, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_ds, validation_data=val_ds, epochs=6, verbose=2)
