import numpy as np
import tensorflow as tf


class TwoLayerNet(tf.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.W1 = tf.Variable(tf.random.normal([n_in, n_hidden], stddev=0.4), name="W1")
        self.b1 = tf.Variable(tf.zeros([n_hidden]), name="b1")
        self.W2 = tf.Variable(tf.random.normal([n_hidden, n_out], stddev=0.4), name="W2")
        self.b2 = tf.Variable(tf.zeros([n_out]), name="b2")

    def __call__(self, x):
        h = tf.nn.relu(x @ self.W1 + self.b1)
        return h @ self.W2 + self.b2


tf.random.set_seed(1)
rng = np.random.default_rng(1)
X = rng.normal(size=(300, 4)).astype("float32")
Y = (X[:, 0] * X[:, 1] > 0).astype("int32") + (X[:, 2] > 0.5)
Y = Y.astype("int32")

net = TwoLayerNet(4, 32, 3)
opt = tf.keras.optimizers.SGD(learning_rate=0.3, momentum=0.5)

for epoch in range(15):
    perm = rng.permutation(300)
    losses = []
    for i in range(0, 300, 30):
        idx = perm[i:i + 30]
        with tf.GradientTape() as tape:
            logits = net(X[idx])
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=Y[idx], logits=logits))
        params = net.trainable_variables
        opt.apply_gradients(zip(tape.gradient(loss, params), params))
        losses.append(loss.numpy())
    if epoch % 3 == 2:
        acc = np.mean(np.argmax(net(X), axis=1) == Y)
        print(f"epoch {epoch + 1:3d}   loss {np.mean(losses):.4f}   accuracy {acc:.3f}")
