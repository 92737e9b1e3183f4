# CS 444 Homework 2: softmax regression from scratch with TF variables
import numpy as np
import tensorflow as tf

np.random.seed(0)
N, D, C = 600, 20, 4
centers = np.random.randn(C, D) * 1.5
labels = np.random.randint(0, C, N)
feats = (centers[labels] + np.random.randn(N, D)).astype(np.float32)
X_train, y_train = feats[:500], labels[:500]
X_test, y_test = feats[500:], labels[500:]

W = tf.Variable(tf.random.normal([D, C], stddev=0.01))
b = tf.Variable(tf.zeros([C]))
lr = 0.1
batch_size = 50


def forward(x):
    return tf.matmul(x, W) + b


def softmax_loss(scores, y):
    onehot = tf.one_hot(y, C)
    logp = scores - tf.reduce_logsumexp(scores, axis=1, keepdims=True)
    return -tf.reduce_mean(tf.reduce_sum(onehot * logp, axis=1))


def accuracy(x, y):
    return np.mean(np.argmax(forward(x).numpy(), axis=1) == y)


for epoch in range(5):
    perm = np.random.permutation(len(X_train))
    total = 0.0
    for i in range(0, len(X_train), batch_size):
        idx = perm[i : i + batch_size]
        xb, yb = X_train[idx], y_train[idx]
        with tf.GradientTape() as tape:
            loss = softmax_loss(forward(xb), yb)
        dW, db = tape.gradient(loss, [W, b])
        W.assign_sub(lr * dW)
        b.assign_sub(lr * db)
        total += loss.numpy() * len(idx)
    print("epoch %d loss %.4f train acc %.3f" % (epoch, total / len(X_train), accuracy(X_train, y_train)))
print("test acc", accuracy(X_test, y_test))
