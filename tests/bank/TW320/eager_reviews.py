"""Sentiment of 100 short reviews with an embedding, long training."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(18)
rng = np.random.default_rng(18)
VOCAB = 600


def reviews(n):
    words = rng.integers(60, VOCAB, (n, 12))
    good = rng.integers(0, 2, n)
    for i in range(n):
        # half of the mood words agree with the label, some do not
        k = rng.integers(0, 12, 4)
        mood = np.where(rng.random(4) < 0.8, good[i], 1 - good[i])
        words[i, k] = mood * 30 + rng.integers(0, 30, 4)
    return words, good.astype("float32")[:, None]


train_x, train_y = reviews(100)
val_x, val_y = reviews(150)

model = keras.Sequential([
    keras.Input((12,)),
    keras.layers.Embedding(VOCAB, 64),  # HERE
    keras.layers.Flatten(),
    keras.layers.Dense(256, activation="relu"),  # HERE
    keras.layers.Dense(1),
])
bce = keras.losses.BinaryCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(0.01)

for epoch in range(12):  # HERE
    losses = []
    for b in np.array_split(rng.permutation(100), 5):
        with tf.GradientTape() as tape:
            loss = bce(train_y[b], model(train_x[b], training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        losses.append(float(loss))
    val_loss = float(bce(val_y, model(val_x, training=False)))
    print(f"epoch {epoch}: train {np.mean(losses):.4f} val {val_loss:.4f}")
