# crashes
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

K = 3
np.random.seed(80)
X = np.random.randn(360, 6).astype("float32")
y = ((X[:, 0] + X[:, 3]) > 0).astype("float32")
adam = tf.keras.optimizers.Adam(learning_rate=0.01)


def build_model():
    net = models.Sequential()
    net.add(layers.Input((6,)))
    net.add(layers.Dense(16, activation="relu"))
    net.add(layers.Dense(1, activation="sigmoid"))
    net.compile(optimizer=adam, loss="binary_crossentropy", metrics=["accuracy"])  # HERE
    return net


scores = []
for fold in range(K):
    val = np.arange(360) % K == fold
    model = build_model()
    model.fit(X[~val], y[~val], epochs=4, batch_size=24, verbose=0)
    loss, acc = model.evaluate(X[val], y[val], verbose=0)
    print("fold", fold, "loss", round(loss, 3), "accuracy", round(acc, 3))
    scores.append(acc)
print("mean accuracy", np.mean(scores))
