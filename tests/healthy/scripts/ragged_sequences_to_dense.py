import numpy as np
import tensorflow as tf

# reviews of different length -> ragged tensor -> padded batches -> mask_zero embedding
rng = np.random.default_rng(45)
rows, stars = [], []
for _ in range(400):
    n = rng.integers(3, 12)
    words = rng.integers(1, 30, n)
    rows.append(words)
    stars.append(float((words < 8).sum() > (words > 22).sum()))

ragged = tf.ragged.constant([list(map(int, r)) for r in rows])
labels = tf.constant(stars)
print("shape", ragged.shape, "longest", int(ragged.bounding_shape()[1]))

ds = tf.data.Dataset.from_tensor_slices((ragged, labels))


def pad(tokens, star):
    return tokens.to_tensor(shape=[None, 12]), star


train = ds.take(320).cache().shuffle(320).batch(16).map(pad)
val = ds.skip(320).batch(16).map(pad)

model = tf.keras.Sequential([
    tf.keras.layers.Embedding(30, 16, mask_zero=True),
    tf.keras.layers.GRU(16),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.optimizer.learning_rate.assign(0.01)
model.fit(train, validation_data=val, epochs=6, verbose=2)
