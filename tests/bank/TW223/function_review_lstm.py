import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

rng = np.random.RandomState(84)
keras.utils.set_random_seed(84)
y = rng.randint(0, 2, size=(320, 1)).astype("float32")
x = rng.randint(1, 40, size=(320, 9))
x[:, rng.randint(0, 9)] = np.where(y[:, 0] == 1, 40, 41)

model = keras.Sequential([layers.Embedding(42, 12), layers.LSTM(12), layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.01)
loss_fn = keras.losses.CategoricalCrossentropy(from_logits=True)  # HERE


@tf.function
def train_step(tokens, target):
    with tf.GradientTape() as tape:
        logits = model(tokens, training=True)
        loss = loss_fn(target, logits)
    grads = tape.gradient(loss, model.trainable_weights)
    optimizer.apply_gradients(zip(grads, model.trainable_weights))
    return loss


ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(320).batch(20)
for epoch in range(6):
    print("epoch", epoch + 1, "loss", np.mean([train_step(a, b) for a, b in ds]))
print("accuracy", np.mean((model(x).numpy() > 0) == (y > 0)))
