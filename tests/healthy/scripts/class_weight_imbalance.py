"""5% fraud. class_weight in fit, AUC and recall as metrics."""
import numpy as np
from tensorflow import keras
from tensorflow.keras.layers import Dense, Dropout, Input

rng = np.random.default_rng(5)
neg = rng.normal(0, 1, size=(760, 8))
pos = rng.normal(0, 1, size=(60, 8)) + np.array([1.6, -1.6, 1.2, 0, 0, 0, 0, 0])
X = np.concatenate([neg, pos]).astype("float32")
y = np.concatenate([np.zeros(760), np.ones(60)]).astype("float32")
order = rng.permutation(len(X))
X, y = X[order], y[order]
train_features, train_labels = X[:620], y[:620]
val_features, val_labels = X[620:], y[620:]

n_neg, n_pos = np.bincount(train_labels.astype(int))
total = n_neg + n_pos
class_weight = {0: total / (2.0 * n_neg), 1: total / (2.0 * n_pos)}
print("weights", class_weight)

model = keras.Sequential([
    Input((8,)),
    Dense(16, activation="relu"),
    Dropout(0.2),
    Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss=keras.losses.BinaryCrossentropy(),
              metrics=[keras.metrics.Recall(name="recall"), keras.metrics.AUC(name="auc")])
model.fit(train_features, train_labels, batch_size=32, epochs=8, verbose=2,
          validation_data=(val_features, val_labels), class_weight=class_weight)
