import numpy as np
import tensorflow as tf
from keras import Model, layers


class Poly(Model):
    def __init__(self):
        super().__init__()
        self.a = layers.Dense(24, activation="tanh")
        self.b = layers.Dense(1)

    def call(self, x):
        return self.b(self.a(x))


def sgd(params, grads, lr):
    for p, g in zip(params, grads):
        p.assign_sub(lr * g)


rng = np.random.default_rng(50)
x = rng.uniform(-1, 1, (200, 1)).astype("float32")
y = (x ** 3 - 0.5 * x + 0.8).astype("float32")

net = Poly()
net(x[:1])
params = net.trainable_variables
log = []
for step in range(90):
    with tf.GradientTape() as tape:
        mse = tf.reduce_mean((net(x) - y) ** 2)
    sgd(params, tape.gradient(mse, params), lr=0.1)
    log.append(float(mse))
print("mse:", [round(v, 4) for v in log[::15]], "->", round(log[-1], 4))
