import numpy as np
import keras
from keras import layers, regularizers

keras.utils.set_random_seed(2)
rng = np.random.default_rng(2)
x = rng.normal(size=(360, 40)).astype("float32")
logit = 1.2 * x[:, 0] - 1.0 * x[:, 1] + 0.8 * x[:, 2] - 0.6 * x[:, 3]
y = (logit + rng.logistic(0, 0.6, 360) > 0).astype("float32")
x_train, y_train = x[:120], y[:120]
x_val, y_val = x[120:], y[120:]

model = keras.Sequential([
    keras.Input((40,)),
    layers.Dense(8, activation="relu", kernel_regularizer=regularizers.l2(0.05)),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(5e-3), loss="binary_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=2, restore_best_weights=True)
h = model.fit(x_train, y_train, validation_data=(x_val, y_val), batch_size=20, epochs=20, verbose=0, callbacks=[stop])
for e in range(0, len(h.history["loss"]), 3):
    print("epoch %2d  loss %.4f  val_loss %.4f" % (e, h.history["loss"][e], h.history["val_loss"][e]))
print("final    loss %.4f  val_loss %.4f" % (h.history["loss"][-1], h.history["val_loss"][-1]))
