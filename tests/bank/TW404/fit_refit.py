from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input, BatchNormalization
from tensorflow.keras.optimizers import RMSprop
import tensorflow as tf
import numpy as np

tf.random.set_seed(1)
np.random.seed(1)

# concrete strength like data, standardised
X = np.random.randn(400, 7).astype('float32')
y = np.tanh(X[:, 0]) + 0.6 * X[:, 1] - 0.8 * np.abs(X[:, 2]) + 0.05 * np.random.randn(400)
y = ((y - y.mean()) / y.std()).astype('float32')

model = Sequential([
    Input((7,)),
    Dense(32),
    BatchNormalization(),
    tf.keras.layers.Activation('relu'),
    Dense(16, activation='relu'),
    Dense(1),
])
model.compile(loss='mse', optimizer=RMSprop(learning_rate=1e-7), metrics=['mae'])

# find a good learning rate by hand
result = {}
for lr in [1e-7, 1e-2, 2e-3]:
    model.optimizer.lr = lr  # HERE
    h = model.fit(X, y, epochs=3, batch_size=20, verbose=0)
    result[lr] = h.history['loss']
    print('lr', lr, ['%.4f' % v for v in h.history['loss']])

print('mae', model.evaluate(X, y, verbose=0)[1])
