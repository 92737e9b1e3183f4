"""Linear regression with plain gradient descent, no keras."""
import tensorflow as tf

tf.random.set_seed(7)

NUM_EXAMPLES = 400
LEARNING_RATE = 0.1

x = tf.random.normal((NUM_EXAMPLES, 3))
true_w = tf.constant([[2.0], [-3.4], [0.7]])
true_b = 4.2
y = x @ true_w + true_b + 0.01 * tf.random.normal((NUM_EXAMPLES, 1))

w = tf.Variable(tf.random.normal((3, 1), stddev=0.01))
b = tf.Variable(tf.zeros((1,)))


def net(X):
    return X @ w + b


def squared_loss(y_hat, y):
    return tf.reduce_mean((y_hat - y) ** 2) / 2


dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(NUM_EXAMPLES).batch(20)

for epoch in range(5):
    for X, Y in dataset:
        with tf.GradientTape() as t:
            l = squared_loss(net(X), Y)
        dw, db = t.gradient(l, [w, b])
        w.assign_sub(LEARNING_RATE * dw)
        b.assign_sub(LEARNING_RATE * db)
    train_l = squared_loss(net(x), y)
    print(f"epoch {epoch + 1}, loss {float(train_l):f}")

print("error in w:", (true_w - w).numpy().ravel())
print("error in b:", (true_b - b).numpy())
