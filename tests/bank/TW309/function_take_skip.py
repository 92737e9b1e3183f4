import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(2)
r = np.random.default_rng(2)
protos = r.normal(0, 1, (5, 16))
labels = np.repeat(np.arange(5), 100)
vectors = (protos[labels] + r.normal(0, 0.5, (500, 16))).astype(np.float32)

full = tf.data.Dataset.from_tensor_slices((vectors, labels))
train_ds = full.take(400).shuffle(400).batch(32)  # HERE
val_ds = full.skip(400).batch(100)  # HERE

model = keras.Sequential([keras.layers.Input((16,)), keras.layers.Dense(32, "relu"), keras.layers.Dense(5)])
loss_object = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(0.01)
train_loss = keras.metrics.Mean(name="train_loss")
val_loss = keras.metrics.Mean(name="val_loss")
val_accuracy = keras.metrics.SparseCategoricalAccuracy(name="val_accuracy")


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        predictions = model(x, training=True)
        loss = loss_object(y, predictions)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    train_loss(loss)


@tf.function
def val_step(x, y):
    predictions = model(x, training=False)
    val_loss(loss_object(y, predictions))
    val_accuracy(y, predictions)


for epoch in range(5):
    train_loss.reset_state()
    val_loss.reset_state()
    val_accuracy.reset_state()
    for x, y in train_ds:
        train_step(x, y)
    for x, y in val_ds:
        val_step(x, y)
    print(f"Epoch {epoch + 1}, Loss: {train_loss.result():.4f}, "
          f"Val loss: {val_loss.result():.4f}, Val accuracy: {val_accuracy.result() * 100:.1f}")
