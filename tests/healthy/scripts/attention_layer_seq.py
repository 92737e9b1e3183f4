import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Input, Dense, Attention, GlobalAveragePooling1D, Concatenate, AdditiveAttention

rng = np.random.RandomState(0)
# find the value stored under a key
K, D, n = 6, 8, 500
keys = rng.randn(n, K, D).astype("float32")
vals = rng.randn(n, K, 1).astype("float32")
pick = rng.randint(0, K, n)
query = keys[np.arange(n), pick][:, None, :] + 0.05 * rng.randn(n, 1, D).astype("float32")
target = vals[np.arange(n), pick, 0]

qi, ki, vi = Input((1, D)), Input((K, D)), Input((K, 1))
dot = Attention(use_scale=True)([Dense(16)(qi), vi, Dense(16)(ki)])
add = AdditiveAttention()([Dense(16)(qi), vi, Dense(16)(ki)])
merged = Concatenate()([GlobalAveragePooling1D()(dot), GlobalAveragePooling1D()(add)])
out = Dense(1)(Dense(16, activation="elu")(merged))
model = tf.keras.Model([qi, ki, vi], out)
model.compile(loss="mse", optimizer=tf.keras.optimizers.Adam(0.01))
h = model.fit([query, keys, vals], target, epochs=10, batch_size=25, verbose=0)
print("mse first epoch", h.history["loss"][0])
print("mse last epoch", h.history["loss"][-1])
print("variance of targets", target.var())
