import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

tf.random.set_seed(1)
np.random.seed(1)

# 5 gaussian blobs in 12 dimensions
centers = np.random.randn(5, 12) * 1.2
labels = np.random.randint(0, 5, size=600)
features = (centers[labels] + np.random.randn(600, 12)).astype("float32")

x_train, x_test = features[:480], features[480:]
y_train, y_test = labels[:480], labels[480:]

model = keras.Sequential([
    layers.Dense(32, activation="relu", input_shape=(12,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(5),  # HERE
])

model.compile(
    optimizer=keras.optimizers.Adam(0.005),
    loss="sparse_categorical_crossentropy",  # HERE
    metrics=["accuracy"],
)
history = model.fit(x_train, y_train, epochs=6, batch_size=32, validation_split=0.2, verbose=2)
print(model.evaluate(x_test, y_test, verbose=0))
