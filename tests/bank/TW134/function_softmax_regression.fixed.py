import numpy as np
import tensorflow as tf

rng = np.random.default_rng(9)
proto = rng.normal(size=(4, 10))
labels = rng.integers(0, 4, 400)
data = (proto[labels] + 0.8 * rng.normal(size=(400, 10))).astype(np.float32)
labels = tf.constant(labels, tf.int32)
data = tf.constant(data)


class SoftmaxRegression(tf.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.w = tf.Variable(tf.zeros([n_in, n_out]))
        self.b = tf.Variable(tf.zeros([n_out]))

    def __call__(self, x):
        return x @ self.w + self.b


model = SoftmaxRegression(10, 4)
optimizer = tf.keras.optimizers.SGD(0.5)
optimizer.build([model.w, model.b])


@tf.function
def loss_and_grads(x, y):
    with tf.GradientTape() as tape:
        ce = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=model(x))
        loss = tf.reduce_mean(ce)
    return loss, tape.gradient(loss, [model.w, model.b])


@tf.function
def current_loss():
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=model(data)))


for it in range(120):
    _, grads = loss_and_grads(data, labels)
    optimizer.apply_gradients(zip(grads, [model.w, model.b]))
    if it % 20 == 19:
        print(it + 1, current_loss().numpy())
