import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential

np.random.seed(12)
tf.random.set_seed(12)

n_cls = 3
centers = np.random.randn(n_cls, 12) * 1.1
lbl = np.random.randint(0, n_cls, 420)
x = (centers[lbl] + np.random.randn(420, 12)).astype("float32")
x_train, y_train, x_test, y_test = x[:320], lbl[:320], x[320:], lbl[320:]

model = Sequential([
    layers.Dense(48, activation="relu"),
    layers.Dropout(0.5),
    layers.Dense(n_cls, activation="softmax"),
])
opt = tf.keras.optimizers.Adam(0.005)
scce = tf.keras.losses.SparseCategoricalCrossentropy()

for epoch in range(7):
    perm = np.random.permutation(len(x_train))
    ep = []
    for i in range(0, len(x_train), 32):
        b = perm[i:i + 32]
        with tf.GradientTape() as tape:
            p = model(x_train[b], training=True)
            loss = scce(y_train[b], p)
        g = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(g, model.trainable_variables))
        ep.append(loss.numpy())
    test_probs = model(x_test, training=True)  # HERE
    acc = np.mean(np.argmax(test_probs.numpy(), axis=-1) == y_test)
    print(f"epoch {epoch}  train loss {np.mean(ep):.4f}  test acc {acc:.4f}")
