import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(4)
tf.random.set_seed(4)

# 4 % fraud
n = 1500
fraud = np.random.rand(n) < 0.04
x = np.random.randn(n, 6).astype("float32")
x[fraud, 0] += 1.0
x[fraud, 1] -= 1.0
x[fraud, 2] += 0.8
y = fraud.astype("int32")

x_tr, y_tr, x_te, y_te = x[:1000], y[:1000], x[1000:], y[1000:]
print("share of fraud in train: %.3f" % y_tr.mean())

model = keras.Sequential([
    keras.layers.Input((6,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x_tr, y_tr, batch_size=32, epochs=8, verbose=2)  # HERE

flag = model.predict(x_te, verbose=0)[:, 0] > 0.5
print("flagged:", int(flag.sum()), "of", len(flag), "| recall:", (flag & (y_te == 1)).sum() / max(1, (y_te == 1).sum()))
