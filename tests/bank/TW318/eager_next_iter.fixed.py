import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(13)
rng = np.random.default_rng(13)
features = rng.normal(size=(360, 12)).astype("float32")
prices = (features[:, 0] * 0.8 + np.abs(features[:, 1]) + 0.1 * rng.normal(size=360)).astype("float32")[:, None]

train_data = tf.data.Dataset.from_tensor_slices((features[:300], prices[:300])).batch(30)
steps = 10

model = keras.Sequential([keras.layers.Input((12,)), keras.layers.Dense(40, activation="relu"), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(learning_rate=0.01)
mse = keras.losses.MeanSquaredError()

for epoch in range(7):
    history = []
    for x, y in train_data:
        with tf.GradientTape() as tape:
            loss = mse(y, model(x, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        history.append(loss.numpy())
    test_mse = mse(prices[300:], model(features[300:])).numpy()
    print("epoch {:2d}: train {:.4f} test {:.4f}".format(epoch, np.mean(history), test_mse))
