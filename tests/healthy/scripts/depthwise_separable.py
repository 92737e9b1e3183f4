"""MobileNet-ish blocks with depthwise and separable convolutions, raw training loop."""
import keras
import numpy as np
import tensorflow as tf
from keras import layers

keras.utils.set_random_seed(9)
n = 320
label = np.random.randint(0, 2, n)
img = np.random.normal(0, 0.4, (n, 12, 12, 2))
img[label == 1, :, ::2, 0] += 0.8   # vertical stripes
img[label == 0, ::2, :, 1] += 0.8   # horizontal stripes
img = img.astype("float32")


def block(x, filters):
    x = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU(6.0)(x)
    x = layers.Conv2D(filters, 1, use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU(6.0)(x)


inp = keras.Input((12, 12, 2))
x = layers.SeparableConv2D(8, 3, activation="relu")(inp)
x = block(x, 12)
x = layers.GlobalAveragePooling2D()(x)
net = keras.Model(inp, layers.Dense(2)(x))

opt = keras.optimizers.Adam(5e-3)
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
acc = keras.metrics.SparseCategoricalAccuracy()
avg = keras.metrics.Mean()


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        out = net(xb, training=True)
        loss = ce(yb, out)
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    acc.update_state(yb, out)
    avg.update_state(loss)


ds = tf.data.Dataset.from_tensor_slices((img, label)).shuffle(n).batch(16).prefetch(tf.data.AUTOTUNE)
for epoch in range(6):
    acc.reset_state()
    avg.reset_state()
    for xb, yb in ds:
        train_step(xb, yb)
    print("epoch", epoch, "loss", float(avg.result()), "acc", float(acc.result()))
