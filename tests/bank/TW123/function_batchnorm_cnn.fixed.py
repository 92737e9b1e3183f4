import keras
import numpy as np
import tensorflow as tf
from keras import layers

keras.utils.set_random_seed(21)


def stripes(n):
    """Images with horizontal or vertical stripes."""
    kind = np.random.randint(0, 2, n)
    base = np.sin(np.arange(10) * 1.6)
    imgs = np.zeros((n, 10, 10), "float32")
    for i in range(n):
        shift = np.random.randint(0, 4)
        line = np.roll(base, shift)
        imgs[i] = line[:, None] if kind[i] else line[None, :]
    imgs += 0.8 * np.random.randn(n, 10, 10)
    return imgs[..., None], kind.astype("float32")[:, None]


x, y = stripes(320)
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(320).batch(32)

model = keras.Sequential([
    keras.Input((10, 10, 1)),
    layers.Conv2D(8, 3, use_bias=False),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.Conv2D(8, 3, use_bias=False),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.GlobalMaxPooling2D(),
    layers.Dense(1),
])
bce = keras.losses.BinaryCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(0.01)
avg = keras.metrics.Mean()


@tf.function
def train(xb, yb):
    with tf.GradientTape() as tape:
        logits = model(xb, training=True)
        loss = bce(yb, logits)
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply(grads, model.trainable_variables)
    avg.update_state(loss)


for epoch in range(8):
    avg.reset_state()
    for xb, yb in ds:
        train(xb, yb)
    print("epoch", epoch, "mean loss", float(avg.result()))

print("moving mean of first BN:", model.layers[1].moving_mean.numpy().round(3))
