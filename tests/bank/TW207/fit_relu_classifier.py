import tensorflow as tf
import numpy as np

tf.keras.utils.set_random_seed(31)
X = np.random.uniform(-1, 1, size=(600, 6)).astype(np.float32)
y = (X[:, :3].sum(axis=1) > X[:, 3:].sum(axis=1)).astype(int) + (X[:, 0] > 0.3)

train_ds = tf.data.Dataset.from_tensor_slices((X[:500], y[:500])).shuffle(500).batch(25)
val_ds = tf.data.Dataset.from_tensor_slices((X[500:], y[500:])).batch(100)

inputs = tf.keras.Input(shape=(6,))
x = tf.keras.layers.Dense(32, activation='relu')(inputs)
x = tf.keras.layers.Dense(16, activation='relu')(x)
outputs = tf.keras.layers.Dense(3, activation='relu')(x)  # HERE
model = tf.keras.Model(inputs, outputs)

model.compile(optimizer=tf.keras.optimizers.Adam(0.005),
              loss=tf.keras.losses.SparseCategoricalCrossentropy(),
              metrics=['accuracy'])
model.fit(train_ds, validation_data=val_ds, epochs=6, verbose=2)
