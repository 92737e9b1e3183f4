import tensorflow as tf
import numpy as np

tf.random.set_seed(100)
np.random.seed(100)
X = np.random.randn(300, 3).astype("float32")
y = (0.5 * X[:, :1] + np.sin(X[:, 1:2])).astype("float32")

model = tf.keras.Sequential([
    tf.keras.layers.Input(shape=(3,)),
    tf.keras.layers.Dense(20, activation="relu"),
    tf.keras.layers.Dense(1),
])
opt = tf.keras.optimizers.Adam(0.01)


def get_loss(x, target):
    out = model(x, training=True)
    return -tf.reduce_mean(tf.square(target - out))  # HERE


for epoch in range(7):
    p = np.random.permutation(300)
    s = 0
    for i in range(0, 300, 30):
        with tf.GradientTape() as tape:
            loss = get_loss(X[p[i:i + 30]], y[p[i:i + 30]])
        g = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(g, model.trainable_variables))
        s += loss.numpy()
    print("epoch", epoch, "loss", s / 10)
