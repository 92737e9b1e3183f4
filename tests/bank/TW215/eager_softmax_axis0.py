import tensorflow as tf
import numpy as np

x = np.random.RandomState(0).randn(512, 9).astype("float32")
y = np.argmax(x[:, :3], 1)


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.a = tf.keras.layers.Dense(24, activation="relu")
        self.b = tf.keras.layers.Dense(3)

    def call(self, inputs):
        z = self.b(self.a(inputs))
        return tf.nn.softmax(z, axis=0)  # HERE


net = Net()
opt = tf.keras.optimizers.Adam(0.01)
scce = tf.keras.losses.SparseCategoricalCrossentropy()
for e in range(5):
    for i in range(0, 512, 64):
        with tf.GradientTape() as t:
            loss = scce(y[i:i+64], net(x[i:i+64]))
        opt.apply_gradients(zip(t.gradient(loss, net.trainable_variables), net.trainable_variables))
    print(e, np.mean(np.argmax(net(x), 1) == y))
