import tensorflow as tf
import numpy as np

np.random.seed(10)
tf.random.set_seed(10)
X = np.random.randn(400, 4).astype('float32')
y = np.where(X[:, 0] + X[:, 1] > 0.5, 2, np.where(X[:, 2] > 0, 1, 0))

model = tf.keras.Sequential([
    tf.keras.Input((4,)),
    tf.keras.layers.Dense(24, activation='relu'),
    tf.keras.layers.Dense(3),
])
optimizer = tf.keras.optimizers.Adam(0.02)


def loss_function(labels, logits):
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    return tf.reduce_mean(losses)


for epoch in range(5):
    idx = np.random.permutation(400)
    acc_loss = 0
    for i in range(10):
        b = idx[i * 40:(i + 1) * 40]
        with tf.GradientTape() as tape:
            loss = loss_function(y[b], model(X[b]))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        acc_loss += loss.numpy()
    print("Epoch {}: {:.4f}".format(epoch, acc_loss / 10))
