import tensorflow as tf
import numpy as np

tf.keras.utils.set_random_seed(15)
n, batch = 1200, 40
x = np.random.randn(n, 6).astype("float32")
y = (np.linalg.norm(x[:, :3], axis=1) < np.linalg.norm(x[:, 3:], axis=1)).astype("int32")

steps_per_epoch = n // batch
ds = (tf.data.Dataset.from_tensor_slices((x, y))
      .cache()
      .shuffle(n, reshuffle_each_iteration=True)
      .repeat()
      .batch(batch, drop_remainder=True)
      .prefetch(2))

x_val = np.random.randn(120, 6).astype("float32")
y_val = (np.linalg.norm(x_val[:, :3], axis=1) < np.linalg.norm(x_val[:, 3:], axis=1)).astype("int32")
val = tf.data.Dataset.from_tensor_slices((x_val, y_val)).batch(40)

model = tf.keras.Sequential([
    tf.keras.layers.Input((6,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(ds, steps_per_epoch=steps_per_epoch, epochs=6, validation_data=val, validation_steps=3, verbose=2)
