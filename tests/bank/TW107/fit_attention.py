import numpy as np
from keras import Model, layers, losses, ops, optimizers, utils

utils.set_random_seed(2024)


class AttentionPool(layers.Layer):
    def __init__(self, dim):
        super().__init__()
        self.query = layers.Dense(dim, activation="tanh")
        self.score = layers.Dense(1)
        self.value = layers.Dense(dim)

    def build(self, shape):
        self.query.build(shape)
        self.score.build((None, None, self.query.units))
        self.value.build(shape)

    def call(self, x):
        alpha = ops.softmax(self.score(self.query(x)), axis=1)
        alpha = ops.stop_gradient(alpha)  # HERE
        return ops.sum(alpha * self.value(x), axis=1)


class Net(Model):
    def __init__(self):
        super().__init__()
        self.pool = AttentionPool(12)
        self.out = layers.Dense(1)

    def call(self, x):
        return self.out(self.pool(x))


# one position in the sequence is flagged; its value is the target
x = np.random.normal(size=(512, 8, 2)).astype("float32")
x[:, :, 1] = 0
flag = np.random.randint(0, 8, 512)
x[np.arange(512), flag, 1] = 1.0
y = x[np.arange(512), flag, 0][:, None]

net = Net()
net.compile(optimizer=optimizers.Adam(0.02), loss=losses.MeanSquaredError())
h = net.fit(x, y, epochs=7, batch_size=32, verbose=0)
print("loss by epoch:", np.round(h.history["loss"], 4))
