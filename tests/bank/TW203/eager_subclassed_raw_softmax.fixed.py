import tensorflow as tf
import numpy as np
from tensorflow.keras import layers, Model

rng = np.random.default_rng(77)
tf.random.set_seed(77)


class ChurnNet(Model):
    def __init__(self):
        super(ChurnNet, self).__init__()
        self.d1 = layers.Dense(16, activation='relu')
        self.d2 = layers.Dense(16, activation='relu')
        self.d3 = layers.Dense(1)

    def call(self, x):
        x = self.d1(x)
        x = self.d2(x)
        return tf.nn.sigmoid(self.d3(x))


# age, monthly bill, calls to support (all standardised)
customers = rng.normal(size=(400, 3)).astype('float32')
left = (customers[:, 2] - 0.7 * customers[:, 0] + 0.2 * rng.normal(size=400) > 0)
left = left.astype('float32').reshape(-1, 1)

net = ChurnNet()
opt = tf.keras.optimizers.Adam(0.01)
loss_fn = tf.keras.losses.BinaryCrossentropy()

for epoch in range(8):
    perm = rng.permutation(400)
    epoch_losses = []
    for b in range(0, 400, 50):
        sel = perm[b:b + 50]
        with tf.GradientTape() as tape:
            loss = loss_fn(left[sel], net(customers[sel]))
        grads = tape.gradient(loss, net.trainable_variables)
        opt.apply_gradients(zip(grads, net.trainable_variables))
        epoch_losses.append(float(loss))
    acc = np.mean((net(customers).numpy() > 0.5) == left)
    print('Epoch %02d  loss %.4f  acc %.3f' % (epoch, np.mean(epoch_losses), acc))
