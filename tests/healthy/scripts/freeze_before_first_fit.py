import numpy as np
import keras
from keras import layers

# freeze an embedding (given vectors) after compile but before any fit: correct in keras 3
rng = np.random.default_rng(8)
VOCAB, DIM, LEN = 50, 12, 10
vectors = rng.normal(size=(VOCAB, DIM)).astype("float32")
tone = vectors @ rng.normal(size=DIM)

tokens = rng.integers(0, VOCAB, size=(500, LEN))
y = (tone[tokens].mean(axis=1) > 0).astype("int32")

emb = layers.Embedding(VOCAB, DIM, name="glove")
model = keras.Sequential([
    keras.Input((LEN,), dtype="int32"),
    emb,
    layers.GlobalAveragePooling1D(),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
emb.set_weights([vectors])
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.02), metrics=["acc"])
emb.trainable = False

h = model.fit(tokens[:400], y[:400], epochs=8, batch_size=20, verbose=0)
print([round(v, 3) for v in h.history["loss"]])
print("test:", model.evaluate(tokens[400:], y[400:], verbose=0))
assert np.allclose(emb.get_weights()[0], vectors)
