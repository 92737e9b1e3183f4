"""Every picture may carry several tags: sigmoid per tag + binary cross-entropy."""
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Dropout, Input
from tensorflow.keras.models import Model

rng = np.random.RandomState(51)
n_tags = 5
X = rng.normal(size=(600, 20)).astype("float32")
W = rng.normal(size=(20, n_tags))
tags = ((X @ W) / np.sqrt(20) > 0.3).astype("float32")
print("tags per row:", tags.sum(axis=1).mean())

inp = Input(shape=(20,))
x = Dense(48, activation="relu")(inp)
x = Dropout(0.1)(x)
out = Dense(n_tags, activation="sigmoid")(x)
model = Model(inp, out)
model.compile(
    optimizer=tf.keras.optimizers.Adam(5e-3),
    loss="binary_crossentropy",
    metrics=[tf.keras.metrics.BinaryAccuracy(name="tag_acc"), tf.keras.metrics.AUC(multi_label=True, num_labels=n_tags, name="auc")],
)
model.fit(X[:500], tags[:500], epochs=7, batch_size=25, validation_data=(X[500:], tags[500:]), verbose=2)
probabilities = model.predict(X[500:503], verbose=0)
print((probabilities > 0.5).astype(int))
print(tags[500:503].astype(int))
