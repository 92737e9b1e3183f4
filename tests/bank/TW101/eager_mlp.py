import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(42)

# toy two-class problem: is the point inside the ring?
X = np.random.uniform(-2, 2, size=(400, 2)).astype("float32")
y = ((X ** 2).sum(axis=1) < 2.0).astype("float32").reshape(-1, 1)

model = keras.Sequential([
    layers.Input(shape=(2,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])

loss_fn = keras.losses.BinaryCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(learning_rate=0.01)
train_ds = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(400).batch(50)

epochs = 8
for epoch in range(epochs):
    running = 0.0
    for step, (xb, yb) in enumerate(train_ds):
        with tf.GradientTape() as tape:
            logits = model(xb, training=True)
            loss = loss_fn(yb, logits)
        grads = tape.gradient(loss, model.trainable_weights)  # HERE
        running += float(loss)
    print(f"epoch {epoch + 1}: mean loss {running / (step + 1):.4f}")
