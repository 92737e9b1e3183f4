import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.optimizers import SGD

np.random.seed(0)
tf.random.set_seed(0)

n = 250
t = np.random.rand(n) * np.pi
moon_a = np.stack([np.cos(t), np.sin(t)], 1)
moon_b = np.stack([1 - np.cos(t), 0.5 - np.sin(t)], 1)
X = np.vstack([moon_a, moon_b]) + np.random.randn(2 * n, 2) * 0.08
Y = np.array([0] * n + [1] * n)
p = np.random.permutation(2 * n)
X, Y = X[p].astype("float32"), Y[p]

x_tr, x_va = X[:400], X[400:]
y_tr, y_va = Y[:400], Y[400:]

clf = Sequential()
clf.add(Input((2,)))
clf.add(Dense(32, activation='relu'))
clf.add(Dense(16, activation='relu'))
clf.add(Dense(1, activation='sigmoid'))

clf.compile(loss='binary_crossentropy',
            optimizer=SGD(learning_rate=0.000001, momentum=0.9),  # HERE
            metrics=['accuracy'])

hist = clf.fit(x_tr, y_tr, epochs=10, batch_size=16,
               validation_data=(x_va, y_va), verbose=0)
print('loss     ', [round(v, 4) for v in hist.history['loss']])
print('accuracy ', [round(v, 4) for v in hist.history['accuracy']])
print('val acc  ', hist.history['val_accuracy'][-1])
