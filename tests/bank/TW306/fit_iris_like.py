import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input

# three flower species, 4 measurements
np.random.seed(0)
centers = np.array([[5.0, 3.4, 1.5, 0.2], [5.9, 2.8, 4.3, 1.3], [6.6, 3.0, 5.6, 2.0]])
X = np.vstack([c + 0.3 * np.random.randn(120, 4) for c in centers])
Y = np.repeat(np.eye(3), 120, axis=0)

# shuffle before training
np.random.shuffle(X)  # HERE
np.random.shuffle(Y)  # HERE

X = (X - X.mean()) / X.std()
X_train, X_test = X[:300], X[300:]
Y_train, Y_test = Y[:300], Y[300:]

model = Sequential()
model.add(Input(shape=(4,)))
model.add(Dense(16, activation='relu'))
model.add(Dense(16, activation='relu'))
model.add(Dense(3, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer=tf.keras.optimizers.Adam(0.01), metrics=['accuracy'])
model.fit(X_train, Y_train, epochs=8, batch_size=16, verbose=0)
loss, acc = model.evaluate(X_test, Y_test, verbose=0)
print('Test loss:', loss)
print('Test accuracy:', acc)
