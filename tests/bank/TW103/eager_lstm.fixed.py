import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Sequential

tf.random.set_seed(0)
np.random.seed(0)

# predict the next point of a noisy sine
t = np.arange(0, 330) * 0.2
wave = np.sin(t) + 0.05 * np.random.randn(len(t))
window = 12
X = np.array([wave[i:i + window] for i in range(300)], dtype=np.float32)[..., None]
Y = np.array([wave[i + window] for i in range(300)], dtype=np.float32)[:, None]

model = Sequential([Input((window, 1)), LSTM(16), Dense(1)])
mse = tf.keras.losses.MeanSquaredError()
opt = tf.keras.optimizers.Adam(0.02)

for epoch in range(5):
    idx = np.random.permutation(300)
    epoch_loss = []
    for start in range(0, 300, 50):
        batch = idx[start:start + 50]
        with tf.GradientTape() as tape:
            pred = model(X[batch], training=True)
            loss = mse(Y[batch], pred)
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        epoch_loss.append(loss.numpy())
    print("epoch:", epoch, "loss:", np.mean(epoch_loss))
