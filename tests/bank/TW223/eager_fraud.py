import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(57)


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.a = keras.layers.Dense(20, activation="relu")
        self.b = keras.layers.Dense(1, activation="sigmoid")

    def call(self, x):
        return self.b(self.a(x))


rng = np.random.default_rng(57)
tx = rng.normal(size=(400, 8)).astype("float32")
fraud = ((tx[:, 0] * tx[:, 1] + tx[:, 2]) > 0.2).astype("float32").reshape(-1, 1)
data = tf.data.Dataset.from_tensor_slices((tx, fraud)).shuffle(400).batch(25)

net = Net()
loss_fn = keras.losses.CategoricalCrossentropy()  # HERE
opt = keras.optimizers.Adam(0.01)
for epoch in range(8):
    losses = []
    for xb, yb in data:
        with tf.GradientTape() as tape:
            loss = loss_fn(yb, net(xb, training=True))
        opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
        losses.append(loss.numpy())
    print("epoch", epoch, "loss", np.mean(losses), "acc", np.mean((net(tx).numpy() > 0.5) == fraud))
