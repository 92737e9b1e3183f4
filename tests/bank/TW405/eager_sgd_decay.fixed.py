import numpy as np
import tensorflow as tf
from tensorflow.keras.optimizers import SGD
from tensorflow.keras.losses import MeanAbsoluteError

tf.random.set_seed(4)
rs = np.random.RandomState(4)
EPOCHS, BS = 8, 40

x = rs.uniform(-1, 1, (400, 4)).astype("float32")
y = (x[:, :1] ** 2 + x[:, 1:2] - 0.5 * x[:, 2:3]).astype("float32")

net = tf.keras.Sequential([
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1),
])
opt = SGD(learning_rate=tf.keras.optimizers.schedules.InverseTimeDecay(0.2, 1, 0.2 / EPOCHS), momentum=0.8)
mae = MeanAbsoluteError()

for e in range(EPOCHS):
    order = rs.permutation(len(x))
    s = 0.0
    for i in range(0, len(x), BS):
        xb, yb = x[order[i:i + BS]], y[order[i:i + BS]]
        with tf.GradientTape() as tape:
            loss = mae(yb, net(xb, training=True))
        grads = tape.gradient(loss, net.trainable_variables)
        opt.apply_gradients(zip(grads, net.trainable_variables))
        s += loss.numpy() * len(xb)
    print("epoch {:2d} | mae {:.4f} | lr {:.5f}".format(e + 1, s / len(x), float(opt.learning_rate)))
