import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, losses, optimizers

# 30 noisy points of a sine (and 9 useless columns), 40 more kept for validation
np.random.seed(26)
tf.random.set_seed(26)
x_all = np.random.uniform(-1, 1, (70, 10)).astype("float32")
y_all = (np.sin(3 * x_all[:, :1]) + 0.6 * np.random.randn(70, 1)).astype("float32")
x_train, x_valid = x_all[:30], x_all[30:]
y_train, y_valid = y_all[:30], y_all[30:]
ds = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(30).batch(15)

net = tf.keras.Sequential([
    layers.Input((10,)),
    layers.Dense(8, activation="relu"),
    layers.Dense(1),
])
mse = losses.MeanSquaredError()
opt = optimizers.Adam(0.005)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = mse(y, net(x, training=True))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


epochs = 30
for epoch in range(epochs):
    train_loss = np.mean([step(x, y).numpy() for x, y in ds])
    valid_loss = mse(y_valid, net(x_valid, training=False)).numpy()
    if epoch % 10 == 9 or epoch < 5:
        print("epoch", epoch + 1, "train mse %.4f" % train_loss, "valid mse %.4f" % valid_loss)
