import tensorflow as tf
from tensorflow import keras
import numpy as np

keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)

x = rng.normal(size=(320, 10)).astype("float32")
w = rng.normal(size=(10, 4))
y = np.argmax(x @ w, axis=1)

model = keras.Sequential([
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(4),
])
scce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.SGD(learning_rate=1e-6, momentum=0.9)

base_lr = 0.1
warmup_steps = 10
step = 0
dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(320).batch(32)

for epoch in range(6):
    epoch_losses = []
    for xb, yb in dataset:
        step += 1
        # linear warmup, then constant
        optimizer.lr = base_lr * min(1.0, step / warmup_steps)  # HERE
        with tf.GradientTape() as tape:
            loss = scce(yb, model(xb, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        epoch_losses.append(float(loss))
    print("epoch", epoch, "loss", sum(epoch_losses) / len(epoch_losses))
