import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(41)
x = np.random.uniform(-1, 1, (320, 1)).astype("float32")
y = np.sin(4 * x) + 0.05 * np.random.normal(size=x.shape).astype("float32")

model = keras.Sequential()
model.add(keras.Input((1,)))
model.add(keras.layers.Dense(64))  # HERE
model.add(keras.layers.Dense(64))  # HERE
model.add(keras.layers.Dense(1))
opt = keras.optimizers.Adam(5e-3)
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(320).batch(20)
for epoch in range(15):
    s = 0
    for xb, yb in ds:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(xb) - yb) ** 2)
        opt.apply_gradients(zip(tape.gradient(loss, model.trainable_weights), model.trainable_weights))
        s += float(loss)
    print(epoch, s / 16)
