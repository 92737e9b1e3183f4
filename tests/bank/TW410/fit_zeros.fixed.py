from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input
import tensorflow as tf
import numpy as np

np.random.seed(7)
tf.random.set_seed(7)

# small diabetes-like table
X = np.random.randn(480, 8).astype("float32")
risk = 1.4 * X[:, 1] + 0.9 * X[:, 5] - np.abs(X[:, 7]) + 0.5
Y = (risk > 0).astype("int32")

model = Sequential()
model.add(Input(shape=(8,)))
model.add(Dense(24, kernel_initializer='he_uniform', activation='relu'))
model.add(Dense(12, kernel_initializer='he_uniform', activation='relu'))
model.add(Dense(1, kernel_initializer='glorot_uniform', activation='sigmoid'))

model.compile(loss='binary_crossentropy', optimizer=tf.keras.optimizers.Adam(0.01), metrics=['accuracy'])
model.fit(X, Y, epochs=8, batch_size=16, verbose=2)

scores = model.evaluate(X, Y, verbose=0)
print("%s: %.2f%%" % (model.metrics_names[1], scores[1] * 100))
print([float(np.abs(l.get_weights()[0]).max()) for l in model.layers])
