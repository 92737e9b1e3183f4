import numpy as np
import tensorflow as tf

rs = np.random.RandomState(8)
tf.random.set_seed(8)

X = rs.randn(400, 5).astype('float32')
labels = (X[:, :3]).argmax(1)
Y = np.eye(3, dtype='float32')[labels]

W1 = tf.Variable(tf.random.normal([5, 24], stddev=0.4))
b1 = tf.Variable(tf.zeros([24]))
W2 = tf.Variable(tf.random.normal([24, 3], stddev=0.3))
b2 = tf.Variable(tf.zeros([3]))
params = [W1, b1, W2, b2]


def forward(x):
    hidden = tf.nn.relu(x @ W1 + b1)
    return tf.nn.softmax(hidden @ W2 + b2, axis=1)


def cross_entropy(y, p):
    return -tf.reduce_mean(tf.reduce_sum(y * tf.math.log(p + 1e-9), axis=1))


opt = tf.keras.optimizers.Adam(0.01)
for epoch in range(8):
    ix = rs.permutation(400)
    l = []
    for k in range(0, 400, 25):
        xb, yb = X[ix[k:k + 25]], Y[ix[k:k + 25]]
        with tf.GradientTape() as tape:
            loss = cross_entropy(yb, forward(xb))
        opt.apply_gradients(zip(tape.gradient(loss, params), params))
        l.append(loss.numpy())
    print('epoch %d  loss %.3f' % (epoch, np.mean(l)))
print('accuracy', np.mean(forward(X).numpy().argmax(1) == labels))
