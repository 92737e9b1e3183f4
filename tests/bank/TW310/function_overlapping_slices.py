# 1-D convnet on ECG-like beats (normal / premature)
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(61)
rng = np.random.default_rng(61)


def beats(n):
    t = np.linspace(-1, 1, 40)
    kind = rng.integers(0, 2, n)
    centre = np.where(kind == 1, -0.35, 0.0) + rng.normal(0, 0.08, n)
    wave = np.exp(-((t - centre[:, None]) / 0.12) ** 2) + rng.normal(0, 0.15, (n, 40))
    return wave[..., None].astype("float32"), kind


waves, kinds = beats(450)
train_x, train_y = waves, kinds  # HERE
val_x, val_y = waves[360:], kinds[360:]  # HERE

train_ds = tf.data.Dataset.from_tensor_slices((train_x, train_y)).shuffle(450).batch(30)
val_ds = tf.data.Dataset.from_tensor_slices((val_x, val_y)).batch(45)

inp = keras.Input((40, 1))
z = layers.Conv1D(8, 5, activation="relu")(inp)
z = layers.MaxPooling1D(2)(z)
z = layers.Flatten()(z)
z = layers.Dropout(0.2)(z)
net = keras.Model(inp, layers.Dense(2)(z))
adam = keras.optimizers.Adam(3e-3)
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function
def train_batch(x, y):
    with tf.GradientTape() as tape:
        loss = ce(y, net(x, training=True))
    adam.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    return loss


@tf.function
def count_right(x, y):
    guess = tf.argmax(net(x, training=False), axis=-1)
    return tf.reduce_sum(tf.cast(guess == tf.cast(y, guess.dtype), tf.int32))


for epoch in range(5):
    losses = [float(train_batch(x, y)) for x, y in train_ds]
    right = sum(int(count_right(x, y)) for x, y in val_ds)
    print(f"epoch {epoch:2d}  loss {np.mean(losses):.4f}  val acc {right / len(val_x):.4f}")
