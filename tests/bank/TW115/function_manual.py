import numpy as np
import tensorflow as tf

tf.random.set_seed(6)
np.random.seed(6)
INPUT, HIDDEN, OUT = 6, 24, 3
X = np.random.randn(300, INPUT).astype("float32")
Y = np.argmax(X[:, :OUT] + 0.3 * X[:, OUT:], axis=1).astype("int32")


class MLP(tf.Module):
    def __init__(self):
        super().__init__()
        self.w1 = tf.Variable(tf.random.normal((INPUT, HIDDEN), stddev=INPUT ** -0.5))
        self.b1 = tf.Variable(tf.zeros(HIDDEN))
        self.w2 = tf.Variable(tf.random.normal((HIDDEN, OUT), stddev=HIDDEN ** -0.5))
        self.b2 = tf.Variable(tf.zeros(OUT))

    def __call__(self, x):
        return tf.nn.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2


@tf.function
def sgd_step(net, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, net(x)))
    for v, g in zip(net.trainable_variables, tape.gradient(loss, net.trainable_variables)):
        v.assign_sub(0.3 * g)
    return loss


for epoch in range(6):
    net = MLP()  # HERE
    losses = []
    perm = np.random.permutation(300)
    for i in range(0, 300, 30):
        idx = perm[i:i + 30]
        losses.append(float(sgd_step(net, tf.constant(X[idx]), tf.constant(Y[idx]))))
    print("epoch", epoch, "first %.3f" % losses[0], "mean %.3f" % np.mean(losses))
