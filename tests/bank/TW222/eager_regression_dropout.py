import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Model, Input

rng = np.random.default_rng(26)
tf.random.set_seed(26)
x = rng.normal(size=(320, 6)).astype("float32")
y = (x[:, :2].sum(axis=1, keepdims=True) + 2.0).astype("float32")

i = Input((6,))
h = layers.Dense(32, activation="relu")(i)
h = layers.Dense(1)(h)
o = layers.Dropout(0.2)(h)  # HERE
reg = Model(i, o)
opt = tf.keras.optimizers.Adam(0.01)
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(320).batch(20)
for epoch in range(8):
    tot = []
    for a, b in ds:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((reg(a, training=True) - b) ** 2)
        opt.apply_gradients(zip(tape.gradient(loss, reg.trainable_variables), reg.trainable_variables))
        tot.append(float(loss))
    print("epoch", epoch, "mse", np.mean(tot))
