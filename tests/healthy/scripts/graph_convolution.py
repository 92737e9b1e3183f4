import numpy as np
import keras
from keras import layers, ops

# two communities, GCN, only some nodes labelled (masked by sample_weight); full batch by nature
rng = np.random.default_rng(34)
N = 80
group = np.array([0] * 40 + [1] * 40)
P = np.where(group[:, None] == group[None, :], 0.25, 0.03)
A = np.triu(rng.uniform(size=(N, N)) < P, 1)
A = (A | A.T).astype("float32") + np.eye(N, dtype="float32")
d = A.sum(1) ** -0.5
A_hat = d[:, None] * A * d[None, :]
X = (rng.normal(size=(N, 6)) + 0.4 * (group[:, None] - 0.5)).astype("float32")


class GraphConv(layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.dense = layers.Dense(units)
        self.act = keras.activations.get(activation)

    def call(self, inputs):
        x, a = inputs
        return self.act(ops.matmul(a, self.dense(x)))


xi, ai = keras.Input((N, 6)), keras.Input((N, N))
h = GraphConv(16, "relu")([xi, ai])
h = layers.Dropout(0.2)(h)
logits = GraphConv(2)([h, ai])
gcn = keras.Model([xi, ai], logits)
gcn.compile(optimizer=keras.optimizers.Adam(0.02), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
known = np.zeros(N, "float32")
known[rng.choice(N, 24, replace=False)] = 1.0

data = ([X[None], A_hat[None]], group[None])
hist = gcn.fit(*data, sample_weight=known[None], batch_size=1, epochs=40, verbose=0)
print("loss", hist.history["loss"][0], "->", hist.history["loss"][-1])
pred = gcn.predict(data[0], verbose=0)[0].argmax(1)
print("accuracy on unlabelled nodes", (pred == group)[known == 0].mean())
