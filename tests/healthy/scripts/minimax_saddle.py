import numpy as np
import tensorflow as tf

# fair classifier: adversary predicts the group, encoder hides it (gradient reversal)
@tf.custom_gradient
def reverse(x):
    return tf.identity(x), lambda dy: -0.5 * dy


rng = np.random.default_rng(14)
grp = rng.integers(0, 2, 500)
x = rng.normal(size=(500, 8)).astype("float32")
x[:, 0] += grp
y = (x[:, 1] + x[:, 2] > 0).astype("float32")[:, None]
g = grp.astype("float32")[:, None]
enc = tf.keras.Sequential([tf.keras.layers.Dense(16, "relu"), tf.keras.layers.Dense(8, "relu")])
clf, adv = tf.keras.layers.Dense(1), tf.keras.Sequential([tf.keras.layers.Dense(8, "relu"), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.Adam(0.005)
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
for epoch in range(6):
    logs = []
    for b in np.array_split(rng.permutation(500), 10):
        with tf.GradientTape() as tape:
            z = enc(x[b], training=True)
            l_task, l_adv = bce(y[b], clf(z)), bce(g[b], adv(reverse(z)))
            loss = l_task + l_adv
        v = enc.trainable_variables + clf.trainable_variables + adv.trainable_variables
        opt.apply_gradients(zip(tape.gradient(loss, v), v))
        logs.append([float(l_task), float(l_adv)])
    print(epoch, np.mean(logs, axis=0))
