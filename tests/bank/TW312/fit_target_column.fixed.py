# churn: last column of the table is the target
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential

np.random.seed(70)
tf.random.set_seed(70)
months = np.random.normal(0, 1, 500)
calls = np.random.normal(0, 1, 500)
bill = np.random.normal(0, 1, 500)
churn = (calls - 0.8 * months + 0.6 * np.random.normal(0, 1, 500) > 0.2).astype(float)
table = np.stack([months, calls, bill, churn], axis=1).astype("float32")

X = table[:, 0:3]
y = table[:, 3]
n_features = 3

model = Sequential([Input((n_features,)), Dense(16, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer=tf.keras.optimizers.Adam(0.01), metrics=['accuracy'])
model.fit(X[:400], y[:400], epochs=6, batch_size=20, validation_data=(X[400:], y[400:]), verbose=2)
