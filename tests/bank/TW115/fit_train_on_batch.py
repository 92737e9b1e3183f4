import tensorflow as tf
import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Conv1D, Dense, Flatten, Input

np.random.seed(93)
waves = np.random.randn(240, 16, 1).astype('float32') * 0.1
freq = np.random.rand(240, 1).astype('float32')
waves[:, :, 0] += np.sin(np.arange(16)[None, :] * (0.3 + freq))


def build_model():
    m = Sequential([Input((16, 1)), Conv1D(6, 3, activation='relu'), Flatten(), Dense(1)])
    m.compile(loss='mse', optimizer=tf.keras.optimizers.Adam(0.005))
    return m


for epoch in range(5):
    model = build_model()  # HERE
    model.reset_metrics()
    p = np.random.permutation(240)
    for j in range(0, 240, 24):
        loss = model.train_on_batch(waves[p[j:j + 24]], freq[p[j:j + 24]])
    print('epoch', epoch, 'running loss', float(loss))
