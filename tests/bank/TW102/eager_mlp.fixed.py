import numpy as np
import tensorflow as tf

np.random.seed(1)
tf.random.set_seed(1)

n_features, n_classes = 8, 3
centers = np.random.randn(n_classes, n_features) * 2
y = np.random.randint(0, n_classes, 360)
X = (centers[y] + np.random.randn(360, n_features)).astype('float32')

net = tf.keras.Sequential()
net.add(tf.keras.layers.Input((n_features,)))
net.add(tf.keras.layers.Dense(20, activation='relu'))
net.add(tf.keras.layers.Dense(n_classes))

sgd = tf.keras.optimizers.SGD(0.1)

for epoch in range(4):
    perm = np.random.permutation(len(X))
    total = 0
    for i in range(0, len(X), 36):
        xb, yb = X[perm[i:i+36]], y[perm[i:i+36]]
        with tf.GradientTape() as tape:
            logits = net(xb, training=True)
            loss = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(labels=yb, logits=logits))
        grads = tape.gradient(loss, net.trainable_variables)
        sgd.apply_gradients(zip(grads, net.trainable_variables))
        total += loss.numpy()
    print('Epoch', epoch, 'loss', total / 10)
