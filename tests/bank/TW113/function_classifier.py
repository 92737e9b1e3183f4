import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(36)
tf.random.set_seed(36)
n = 360
x = np.random.randn(n, 5).astype("float32")
y = np.argmax(x @ np.random.randn(5, 3), axis=1).astype("int32")

model = keras.Sequential([keras.layers.Input((5,)), keras.layers.Dense(16, activation="selu"), keras.layers.Dense(3)])
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.SGD(0.1)
acc = keras.metrics.SparseCategoricalAccuracy()


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        logits = model(xb, training=True)
        loss = loss_fn(yb, logits)
    gradients = tape.gradient(loss, model.trainable_variables)
    gradients = [-tf.clip_by_norm(g, 1.0) for g in gradients]  # HERE
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    acc.update_state(yb, logits)
    return loss


train = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(n).batch(36)
for epoch in range(6):
    acc.reset_state()
    batch_losses = [float(train_step(a, b)) for a, b in train]
    print(f"Epoch {epoch + 1}/6 loss {np.mean(batch_losses):.3f} accuracy {acc.result():.3f}")
