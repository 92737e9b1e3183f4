import tensorflow as tf
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(640, 6)).astype("float32")
y = (x[:, :1] * 2 + 1).astype("float32")
model = tf.keras.Sequential([tf.keras.Input((6,)), tf.keras.layers.Dense(16, "relu"), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.SGD(0.01)
accum = [tf.Variable(tf.zeros_like(v), trainable=False) for v in model.trainable_variables]


@tf.function
def accumulate(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(xb, training=True) - yb) ** 2) / 4
    for a, g in zip(accum, tape.gradient(loss, model.trainable_variables)):
        a.assign_add(g)  # HERE
    return loss * 4


for epoch in range(5):
    for n, i in enumerate(range(0, 640, 16)):
        loss = accumulate(tf.constant(x[i:i+16]), tf.constant(y[i:i+16]))
        if (n + 1) % 4 == 0:
            opt.apply_gradients(zip(accum, model.trainable_variables))  # HERE
    print("epoch", epoch, float(tf.reduce_mean((model(x) - y) ** 2)))
