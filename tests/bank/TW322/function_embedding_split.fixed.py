import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(71)
rng = np.random.default_rng(71)
n_rows, vocab, length = 400, 200, 10
ids = rng.integers(0, vocab, (n_rows, length))
score = (ids < 60).mean(axis=1, keepdims=True).astype("float32") * 3.0

ds = tf.data.Dataset.from_tensor_slices((ids, score)).shuffle(buffer_size=n_rows, seed=0, reshuffle_each_iteration=False)
val_ds = ds.take(80).batch(40)
train_ds = ds.skip(80).batch(20)

model = keras.Sequential([
    keras.layers.Input((length,)),
    keras.layers.Embedding(vocab, 6),
    keras.layers.GlobalAveragePooling1D(),
    keras.layers.Dense(1),
])
optimizer = keras.optimizers.Adam(0.02)
huber = keras.losses.Huber()


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = huber(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


@tf.function
def valid_step(x, y):
    return huber(y, model(x, training=False))


for epoch in range(8):
    train_loss = np.mean([train_step(x, y) for x, y in train_ds])
    val_loss = np.mean([valid_step(x, y) for x, y in val_ds])
    print(f"epoch={epoch} train={train_loss:.4f} val={val_loss:.4f}")
