import tensorflow as tf
import numpy as np

rng = np.random.default_rng(1)
a = rng.normal(size=(500, 5)).astype("float32")
b = (a[:, :1] + a[:, 1:2] > 0).astype("float32")
big = tf.data.Dataset.from_tensor_slices((a[:400], b[:400])).shuffle(400).batch(40)
small = tf.data.Dataset.from_tensor_slices((a[400:], b[400:])).batch(50)
model = tf.keras.Sequential([tf.keras.layers.Dense(16, "relu"), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.Adam(0.01)
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
test_acc = tf.keras.metrics.BinaryAccuracy(threshold=0.0)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = bce(y, model(x, training=True))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


@tf.function
def test_step(x, y):
    test_acc.update_state(y, model(x, training=False))


def test(ds):
    test_acc.reset_state()
    for x, y in ds:
        test_step(x, y)
    return float(test_acc.result())


for epoch in range(5):
    mean = tf.keras.metrics.Mean()
    for x, y in big:
        mean.update_state(train_step(x, y))
    print("epoch", epoch, float(mean.result()), "on what it learned:", test(big), "on the rest:", test(small))
