import numpy as np
import tensorflow as tf
from tensorflow import keras

# articles with any number of topics
keras.utils.set_random_seed(17)
rng = np.random.default_rng(17)
n, vocab, topics = 500, 40, 6
tags = (rng.random((n, topics)) < 0.35).astype("float32")
word_topic = rng.normal(size=(topics, vocab))
bow = tags @ word_topic + 0.3 * rng.normal(size=(n, vocab))
bow = (bow / bow.std()).astype("float32")

model = keras.Sequential([
    keras.layers.Input(shape=(vocab,)),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(topics, activation="sigmoid"),
])
model.compile(
    optimizer=keras.optimizers.Adam(0.01),
    loss="binary_crossentropy",
    metrics=["binary_accuracy"],
)
model.fit(bow[:400], tags[:400], epochs=6, batch_size=25, validation_data=(bow[400:], tags[400:]), verbose=2)

p = model.predict(bow[400:], verbose=0)
print("labels per article, true %.2f predicted %.2f" % (tags[400:].sum(1).mean(), (p > 0.5).sum(1).mean()))
print("all labels right: %.2f" % ((p > 0.5) == tags[400:]).all(1).mean())
