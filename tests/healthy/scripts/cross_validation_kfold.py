"""3-fold cross-validation by hand: a fresh model for every fold."""
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.optimizers import Adam
import tensorflow as tf

seed = 7
np.random.seed(seed)
tf.random.set_seed(seed)

X = np.random.randn(300, 8)
Y = (X[:, 0] + X[:, 1] ** 2 - X[:, 2] > 1).astype(int)


def create_model():
    model = Sequential()
    model.add(Input((8,)))
    model.add(Dense(16, activation="relu"))
    model.add(Dense(8, activation="relu"))
    model.add(Dense(1, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer=Adam(0.01), metrics=["accuracy"])
    return model


indices = np.random.permutation(len(X))
folds = np.array_split(indices, 3)
cvscores = []
for i in range(3):
    test = folds[i]
    train = np.concatenate([folds[j] for j in range(3) if j != i])
    mean, std = X[train].mean(0), X[train].std(0)
    model = create_model()
    model.fit((X[train] - mean) / std, Y[train], epochs=8, batch_size=15, verbose=0)
    scores = model.evaluate((X[test] - mean) / std, Y[test], verbose=0)
    print("%s: %.2f%%" % ("accuracy", scores[1] * 100))
    cvscores.append(scores[1] * 100)
print("%.2f%% (+/- %.2f%%)" % (np.mean(cvscores), np.std(cvscores)))
