import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(58)
r = np.random.default_rng(58)
x = r.uniform(-1, 1, (320, 3)).astype("float32")
y = (np.abs(x[:, :1]) - x[:, 1:2] * x[:, 2:3]).astype("float32")

init = "he_normal"

inp = keras.Input((3,))
branches = []
for name in ("left", "middle", "right"):
    b = keras.layers.Dense(8, activation="relu", kernel_initializer=init, name=name + "_1")(inp)
    b = keras.layers.Dense(8, activation="relu", kernel_initializer=init, name=name + "_2")(b)
    branches.append(b)
h = keras.layers.Average()(branches)
model = keras.Model(inp, keras.layers.Dense(1)(h))

opt = keras.optimizers.Adam(0.02)
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(320).batch(40)
for epoch in range(6):
    losses = []
    for xb, yb in ds:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model(xb, training=True) - yb))
        g = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(g, model.trainable_variables))
        losses.append(float(loss))
    print(f"{epoch:2d} {np.mean(losses):.5f}")

k = [model.get_layer(n + "_1").kernel.numpy() for n in ("left", "middle", "right")]
print("distance between branches:", np.abs(k[0] - k[1]).max(), np.abs(k[1] - k[2]).max())
