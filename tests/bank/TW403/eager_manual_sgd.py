import tensorflow as tf
import numpy as np

# logistic regression "from scratch" with a gradient tape
rng = np.random.RandomState(3)
X = rng.randn(300, 5).astype(np.float32)
true_w = rng.randn(5, 1).astype(np.float32)
y = (X @ true_w + 0.2 > 0).astype(np.float32)

W = tf.Variable(tf.random.normal((5, 1), stddev=0.1, seed=1))
b = tf.Variable(tf.zeros((1,)))

learning_rate = -0.5  # HERE
n_epochs = 20
batch = 60


def predict(x):
    return tf.matmul(x, W) + b


for epoch in range(n_epochs):
    order = rng.permutation(300)
    epoch_loss = []
    for s in range(0, 300, batch):
        xb = tf.constant(X[order[s:s + batch]])
        yb = tf.constant(y[order[s:s + batch]])
        with tf.GradientTape() as tape:
            logits = predict(xb)
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=yb, logits=logits))
        dW, db = tape.gradient(loss, [W, b])
        W.assign_sub(learning_rate * dW)
        b.assign_sub(learning_rate * db)
        epoch_loss.append(loss.numpy())
    if epoch % 5 == 4:
        acc = np.mean((predict(X).numpy() > 0) == y)
        print("epoch", epoch + 1, "loss", np.mean(epoch_loss), "accuracy", acc)
