import numpy as np
import keras
import tensorflow as tf

rng = np.random.default_rng(11)
N = 320
price = rng.normal(size=(N, 4)).astype("float32")
shop = rng.integers(0, 6, size=(N, 1))
effect = np.array([-1.0, -0.5, 0.0, 0.3, 0.8, 1.2])
sales = price[:, :1] * 0.9 - price[:, 1:2] * 0.4 + effect[shop] + rng.normal(0, 0.05, (N, 1))
sales = sales.astype("float32")

num_in = keras.Input((4,), name="price")
cat_in = keras.Input((1,), name="shop", dtype="int32")
e = keras.layers.Flatten()(keras.layers.Embedding(6, 4)(cat_in))
h = keras.layers.Concatenate()([num_in, e])
h = keras.layers.Dense(32, activation="relu")(h)
out = keras.layers.Dense(1)(h)
model = keras.Model([num_in, cat_in], out)

mse = keras.losses.MeanSquaredError()
opt = keras.optimizers.RMSprop(learning_rate=1e-8)  # HERE

data = tf.data.Dataset.from_tensor_slices(((price, shop), sales)).shuffle(N).batch(32)

step = 0
for epoch in range(6):
    losses = []
    for (p, s), t in data:
        with tf.GradientTape() as tape:
            y_hat = model([p, s], training=True)
            loss = mse(t, y_hat)
        grads = tape.gradient(loss, model.trainable_weights)
        opt.apply_gradients(zip(grads, model.trainable_weights))
        losses.append(loss.numpy())
        step += 1
    print(f"epoch={epoch} step={step} loss={np.mean(losses):.5f}")
