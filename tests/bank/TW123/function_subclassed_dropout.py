import tensorflow as tf
import numpy as np

SEED = 99
tf.random.set_seed(SEED)
rng = np.random.default_rng(SEED)


class Regressor(tf.keras.Model):

    def __init__(self, units=48, rate=0.2):
        super().__init__()
        self.dense_1 = tf.keras.layers.Dense(units, activation="relu")
        self.drop = tf.keras.layers.Dropout(rate)
        self.dense_2 = tf.keras.layers.Dense(1)

    def call(self, x, training=False):
        x = self.dense_1(x)
        x = self.drop(x, training=training)
        return self.dense_2(x)


x = rng.uniform(-1, 1, size=(480, 4)).astype("float32")
y = (2 * x[:, 0:1] - x[:, 1:2] ** 2 + x[:, 2:3] * x[:, 3:4]).astype("float32")
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(480).batch(48)

net = Regressor()
opt = tf.keras.optimizers.Adam(0.01)


@tf.function
def step(bx, by):
    with tf.GradientTape() as tape:
        out = net(bx)  # HERE
        loss = tf.reduce_mean(tf.square(by - out))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for epoch in range(12):
    total = 0.0
    count = 0
    for bx, by in ds:
        total += step(bx, by)
        count += 1
    print("epoch {:2d}  mse {:.4f}".format(epoch, float(total) / count))
