import tensorflow as tf
import numpy as np

rng = np.random.default_rng(17)
N, D, C = 300, 6, 3
means = 1.5 * rng.standard_normal((C, D))
labels = rng.integers(0, C, N)
data = tf.constant(means[labels] + rng.standard_normal((N, D)), tf.float32)
one_hot = tf.one_hot(labels, C)

# softmax regression, no keras
weights = tf.Variable(tf.zeros((D, C)))
bias = tf.Variable(tf.zeros((C,)))


def softmax(scores):
    e = tf.exp(scores - tf.reduce_max(scores, axis=1, keepdims=True))
    return e / tf.reduce_sum(e, axis=1, keepdims=True)


def cross_entropy(p, t):
    return -tf.reduce_mean(tf.reduce_sum(t * tf.math.log(p + 1e-9), axis=1))


for it in range(70):
    with tf.GradientTape() as tape:
        probs = softmax(data @ weights + bias)
        loss = cross_entropy(probs, one_hot)
    grads = tape.gradient(loss, [weights, bias])
    for g, v in zip(grads, [weights, bias]):
        if g is not None:
            v.assign_sub(0.5 * g)
    if it % 10 == 0:
        hit = np.mean(np.argmax(probs, axis=1) == labels)
        print(f"iter {it:3d}  loss {loss:.4f}  acc {hit:.3f}")
