import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input


def make_moons(n, noise=0.1, seed=0):
    r = np.random.RandomState(seed)
    half = n // 2
    t = r.uniform(0, np.pi, half)
    upper = np.c_[np.cos(t), np.sin(t)]
    lower = np.c_[1 - np.cos(t), 0.5 - np.sin(t)]
    X = np.vstack([upper, lower]) + r.normal(0, noise, (n, 2))
    y = np.r_[np.zeros(half), np.ones(half)]
    p = r.permutation(n)
    return X[p].astype('float32'), y[p].astype('float32')


tf.keras.utils.set_random_seed(3)
X, y = make_moons(500)
X_train, y_train = X[:400], y[:400]
X_test, y_test = X[400:], y[400:]

model = Sequential()
model.add(Input((2,)))
model.add(Dense(24, activation='relu'))
model.add(Dense(24, activation='relu'))
model.add(Dense(1, activation='softmax'))  # HERE
model.compile(loss='binary_crossentropy', optimizer=tf.keras.optimizers.Adam(0.01), metrics=['accuracy'])
model.summary()
model.fit(X_train, y_train, epochs=8, batch_size=20, verbose=2)

loss, acc = model.evaluate(X_test, y_test, verbose=0)
print('Test loss: %.3f  Test accuracy: %.3f' % (loss, acc))
