# crashes
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers
from tensorflow.keras.callbacks import EarlyStopping, ReduceLROnPlateau

tf.keras.utils.set_random_seed(46)
rng = np.random.default_rng(46)
X = rng.normal(size=(400, 8)).astype("float32")
Y = np.argmax(X[:, :3] + 0.3 * X[:, 3:6], axis=1)

model = tf.keras.Sequential([
    layers.Input((8,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])

callbacks = [
    EarlyStopping(monitor="val_acc", patience=2, restore_best_weights=True),  # HERE
    ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=2),
]
hist = model.fit(X, Y, validation_split=0.2, epochs=12, batch_size=20, callbacks=callbacks, verbose=0)
print("stopped after", len(hist.history["loss"]), "epochs")
print("val_accuracy", [round(v, 3) for v in hist.history["val_accuracy"]])
