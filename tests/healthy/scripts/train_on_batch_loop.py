"""train_on_batch with hand-made epochs; losses averaged over the epoch."""
import numpy as np
from tensorflow.keras.layers import Dense, Input, BatchNormalization
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import Adam

rng = np.random.RandomState(21)
X = rng.randn(800, 6)
y = (np.sin(2 * X[:, 0]) + X[:, 1] > 0).astype(int)
X_test, y_test = X[640:], y[640:]
X, y = X[:640], y[:640]

model = Sequential([Input((6,)), Dense(32, activation="relu"), BatchNormalization(), Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy", optimizer=Adam(0.01), metrics=["accuracy"])

batch_size = 32
n_batches = len(X) // batch_size
for epoch in range(8):
    losses, accuracies = [], []
    perm = rng.permutation(len(X))
    for b in range(n_batches):
        take = perm[b * batch_size:(b + 1) * batch_size]
        loss, acc = model.train_on_batch(X[take], y[take])
        losses.append(loss)
        accuracies.append(acc)
    print("epoch %d loss %.4f acc %.3f" % (epoch + 1, np.mean(losses), np.mean(accuracies)))
print("test", model.evaluate(X_test, y_test, verbose=0))
