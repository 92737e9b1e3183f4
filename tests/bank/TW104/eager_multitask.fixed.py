import tensorflow as tf
from tensorflow import keras
import numpy as np

np.random.seed(30)
tf.random.set_seed(30)
inputs = np.random.uniform(-1, 1, (256, 7)).astype("float32")
price = inputs @ np.random.randn(7, 1).astype("float32")
sold = (inputs[:, :1] + inputs[:, 3:4] > 0).astype("float32")

inp = keras.Input((7,))
shared = keras.layers.Dense(16, activation="elu")(inp)
model = keras.Model(inp, {"price": keras.layers.Dense(1)(shared), "sold": keras.layers.Dense(1)(shared)})
losses = {"price": keras.losses.MeanSquaredError(), "sold": keras.losses.BinaryCrossentropy(from_logits=True)}
optimizer = keras.optimizers.Adam(0.01)

for epoch in range(5):
    order = np.random.permutation(256)
    history = []
    for batch in np.split(order, 8):
        truth = {"price": price[batch], "sold": sold[batch]}
        with tf.GradientTape() as tape:
            outs = model(inputs[batch], training=True)
            total = tf.reduce_sum([losses[k](truth[k], outs[k]) for k in losses])
        grads = tape.gradient(total, model.trainable_weights)
        optimizer.apply_gradients(zip(grads, model.trainable_weights))
        history.append(total.numpy())
    print("Epoch %d/5 - total: %.4f" % (epoch + 1, np.mean(history)))
