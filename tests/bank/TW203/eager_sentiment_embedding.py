import keras
import numpy as np
import tensorflow as tf

SEED = 1234
keras.utils.set_random_seed(SEED)

# fake movie reviews: ids 1-19 are positive words, 20-39 negative, the rest neutral
rng = np.random.default_rng(SEED)
reviews, sentiment = [], []
for _ in range(320):
    good = rng.random() < 0.5
    strong = rng.integers(1, 20, 5) if good else rng.integers(20, 40, 5)
    tokens = np.concatenate([strong, rng.integers(40, 80, 7)])
    reviews.append(rng.permutation(tokens))
    sentiment.append([float(good)])
reviews = np.array(reviews)
sentiment = np.array(sentiment, dtype="float32")

model = keras.Sequential([
    keras.Input((12,)),
    keras.layers.Embedding(80, 16),
    keras.layers.GlobalAveragePooling1D(),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="softmax"),  # HERE
])

bce = keras.losses.BinaryCrossentropy()
opt = keras.optimizers.RMSprop(0.01)
acc_metric = keras.metrics.BinaryAccuracy()

BATCH = 32
for epoch in range(6):
    acc_metric.reset_state()
    perm = rng.permutation(len(reviews))
    running = 0.0
    for start in range(0, len(reviews), BATCH):
        rows = perm[start:start + BATCH]
        x, y = reviews[rows], sentiment[rows]
        with tf.GradientTape() as tape:
            p = model(x, training=True)
            loss = bce(y, p)
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        acc_metric.update_state(y, p)
        running += loss.numpy()
    print("epoch", epoch, "| loss", running / 10, "| acc", acc_metric.result().numpy())
