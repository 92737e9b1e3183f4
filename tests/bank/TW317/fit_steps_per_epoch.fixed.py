import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(10)
rng = np.random.default_rng(10)
images = rng.normal(size=(400, 8, 8, 1)).astype("float32")
labels = (images[:, :4].mean(axis=(1, 2, 3)) > images[:, 4:].mean(axis=(1, 2, 3))).astype("int32")

BATCH = 20
train_ds = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(400).batch(BATCH).repeat()

model = keras.Sequential([
    keras.layers.Input((8, 8, 1)),
    keras.layers.Conv2D(8, 4, strides=4, activation="relu"),
    keras.layers.Flatten(),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(2, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
history = model.fit(train_ds, steps_per_epoch=50, epochs=6, verbose=2)
print("epochs in the history:", len(history.history["loss"]), "steps taken:", int(model.optimizer.iterations.numpy()))
