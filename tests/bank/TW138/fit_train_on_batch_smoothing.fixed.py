import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input

np.random.seed(68)
tf.random.set_seed(68)

X = np.random.randn(400, 7).astype("float32")
y = (X[:, :1] + X[:, 1:2] - X[:, 2:3] > 0).astype("float32")

model = Sequential([Input((7,)), Dense(24, activation="relu"), Dense(1, activation="sigmoid")])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="binary_crossentropy")

smoothing = 0.1
bs = 40
for epoch in range(10):
    losses = []
    for k in np.random.permutation(len(X) // bs):
        xb = X[k * bs:(k + 1) * bs]
        yb = y[k * bs:(k + 1) * bs]
        yb = yb * (1 - smoothing)
        yb = yb + smoothing / 2
        losses.append(model.train_on_batch(xb, yb))
    print("epoch", epoch + 1, "loss %.4f" % np.mean(losses), "label range", yb.min(), yb.max())
p = model.predict(X, verbose=0)
print("mean confidence", np.mean(np.maximum(p, 1 - p)))
