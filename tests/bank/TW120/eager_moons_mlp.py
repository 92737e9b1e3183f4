import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(1)
tf.random.set_seed(1)

# two interleaving half circles
n = 250
t = np.random.rand(n) * np.pi
upper = np.c_[np.cos(t), np.sin(t)]
lower = np.c_[1 - np.cos(t), 0.5 - np.sin(t)]
X = np.concatenate([upper, lower]).astype("float32")
X += 0.1 * np.random.randn(*X.shape).astype("float32")
y = np.concatenate([np.zeros(n), np.ones(n)]).astype("float32").reshape(-1, 1)

dataset = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(500).batch(50)

model = keras.Sequential([
    keras.layers.Input(shape=(2,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])

bce = keras.losses.BinaryCrossentropy()
optimizer = keras.optimizers.Adam(learning_rate=0.01)
mean_loss = keras.metrics.Mean()

for epoch in range(8):
    mean_loss.reset_state()
    for xb, yb in dataset:
        with tf.GradientTape() as tape:
            pred = model(xb, training=True)
            loss = bce(pred, yb)  # HERE
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        mean_loss.update_state(loss)
    print("Epoch", epoch + 1, "loss:", float(mean_loss.result()))
