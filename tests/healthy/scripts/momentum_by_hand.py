import numpy as np
import tensorflow as tf
from tensorflow import keras

# home-made SGD with momentum, one velocity per variable
rng = np.random.default_rng(3)
X = rng.normal(size=(320, 6)).astype("float32")
Y = (np.sin(X[:, :1]) + 0.5 * X[:, 1:2] * X[:, 2:3]).astype("float32")

net = keras.Sequential([
    keras.Input((6,)),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(1),
])


class MomentumSGD:
    def __init__(self, variables, lr=0.03, beta=0.9):
        self.lr, self.beta = lr, beta
        self.velocity = [tf.Variable(tf.zeros_like(v)) for v in variables]

    def step(self, grads, variables):
        for g, v, vel in zip(grads, variables, self.velocity):
            vel.assign(self.beta * vel + g)
            v.assign_sub(self.lr * vel)


sgd = MomentumSGD(net.trainable_variables)


@tf.function
def one_step(xb, yb):
    with tf.GradientTape() as tape:
        err = tf.reduce_mean(tf.square(net(xb, training=True) - yb))
    grads = tape.gradient(err, net.trainable_variables)
    sgd.step(grads, net.trainable_variables)
    return err


for ep in range(12):
    order = rng.permutation(len(X))
    losses = []
    for s in range(0, len(X), 32):
        idx = order[s:s + 32]
        losses.append(one_step(tf.constant(X[idx]), tf.constant(Y[idx])).numpy())
    print("epoch", ep, "mse", round(float(np.mean(losses)), 4))
