import tensorflow as tf
import numpy as np

np.random.seed(0)
tf.random.set_seed(0)

N, D, K = 400, 8, 4
X = np.random.randn(N, D).astype(np.float32)
W_true = np.random.randn(D, K)
Y = np.argmax(X.dot(W_true), axis=1)
Y_onehot = tf.one_hot(Y, K)

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Input(shape=(D,)))
model.add(tf.keras.layers.Dense(32, activation='relu'))
model.add(tf.keras.layers.Dense(K))

opt = tf.keras.optimizers.SGD(learning_rate=0.1, momentum=0.9)
batch = 40

for epoch in range(10):
    order = np.random.permutation(N)
    losses = []
    for i in range(0, N, batch):
        idx = order[i:i + batch]
        xb, yb = X[idx], tf.gather(Y_onehot, idx)
        with tf.GradientTape() as tape:
            y_hat = model(xb, training=True)
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=yb, logits=y_hat))
        g = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(g, model.trainable_variables))
        losses.append(loss.numpy())
    print('epoch', epoch, 'loss', np.mean(losses))

acc = np.mean(np.argmax(model(X).numpy(), axis=1) == Y)
print('accuracy', acc)
