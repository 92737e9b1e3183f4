import numpy as np
import tensorflow as tf

# predict fuel use of cars; the file is sorted by the manufacturer code
rng = np.random.default_rng(40)
maker = np.repeat(np.arange(5), 80)
power = rng.normal(0, 1, 400)
weight = rng.normal(0, 1, 400)
thirsty = ((np.array([0, 0, 0, 1, 1])[maker] + 0.1 * power) > 0.5).astype("int32")
X = np.stack([power, weight + thirsty, 0.5 * power - 1.5 * thirsty + 0.3 * rng.normal(size=400)], 1).astype("float32")
shuffle_idx = rng.permutation(400)
X, thirsty = X[shuffle_idx], thirsty[shuffle_idx]

n_train = 240
X_tr, y_tr = X[:n_train], thirsty[:n_train]
X_va, y_va = X[n_train:], thirsty[n_train:]

net = tf.keras.Sequential([
    tf.keras.layers.Input((3,)), tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(2)])
opt = tf.keras.optimizers.Adam(0.02)
xent = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)

for epoch in range(4):
    losses = []
    for idx in np.array_split(rng.permutation(n_train), 15):
        with tf.GradientTape() as tape:
            loss = xent(y_tr[idx], net(X_tr[idx], training=True))
        grads = tape.gradient(loss, net.trainable_variables)
        opt.apply_gradients(zip(grads, net.trainable_variables))
        losses.append(float(loss))
    val_pred = net(X_va, training=False)
    val_acc = np.mean(val_pred.numpy().argmax(1) == y_va)
    print(f"epoch {epoch}  train loss {np.mean(losses):.4f}  val loss {float(xent(y_va, val_pred)):.4f}  val acc {val_acc:.3f}")
