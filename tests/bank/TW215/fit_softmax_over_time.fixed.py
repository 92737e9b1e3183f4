import numpy as np
import keras
from keras import layers
import tensorflow as tf

keras.utils.set_random_seed(33)
rng = np.random.default_rng(33)

# part-of-speech style tagging: each token has one of 4 tags
VOCAB, STEPS, TAGS = 40, 12, 4
tag_of = rng.integers(0, TAGS, size=VOCAB)
sentences = rng.integers(0, VOCAB, size=(400, STEPS))
tags = tag_of[sentences]

tokens = layers.Input((STEPS,))
h = layers.Embedding(VOCAB, 16)(tokens)
h = layers.GRU(12, return_sequences=True)(h)
h = layers.Dense(TAGS)(h)
probs = layers.Lambda(lambda s: tf.nn.softmax(s, axis=-1))(h)
tagger = keras.Model(tokens, probs)
tagger.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
tagger.fit(sentences[:320], tags[:320], validation_data=(sentences[320:], tags[320:]), epochs=5, batch_size=20, verbose=2)
print("right tags", (tagger.predict(sentences[320:], verbose=0).argmax(-1) == tags[320:]).mean())
