# crashes
import tensorflow as tf
import numpy as np

VOCAB = 40
np.random.seed(6)
tokens = np.random.randint(1, VOCAB, size=(360, 9))
positive = set(range(1, 12))
label = np.array([[float(sum(t in positive for t in row) >= 3)] for row in tokens], dtype="float32")

model = tf.keras.Sequential([
    tf.keras.layers.Embedding(VOCAB, 8),
    tf.keras.layers.GlobalAveragePooling1D(),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model(tokens[:1])
optimizer = tf.keras.optimizers.Adam(0.03)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        p = model(x, training=True)
        p = np.clip(p, 1e-6, 1 - 1e-6)  # HERE
        loss = -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


dataset = tf.data.Dataset.from_tensor_slices((tokens, label)).shuffle(360).batch(36)
for epoch in range(6):
    total, n = 0.0, 0
    for x, y in dataset:
        total += train_step(x, y).numpy()
        n += 1
    print("Epoch", epoch + 1, "avg loss", round(total / n, 4))
