"""Encoder-decoder with teacher forcing: reverse a string of digits."""
import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(27)
V, T, START = 6, 4, 6
src = rng.integers(0, V, (900, T))
tgt = src[:, ::-1]
dec_in = np.concatenate([np.full((900, 1), START), tgt[:, :-1]], axis=1)


def build(units=40):
    enc_in = keras.Input((T,), name="encoder_tokens")
    dec_tok = keras.Input((T,), name="decoder_tokens")
    emb = layers.Embedding(V + 1, 12)
    _, h, c = layers.LSTM(units, return_state=True)(emb(enc_in))
    seq = layers.LSTM(units, return_sequences=True)(emb(dec_tok), initial_state=[h, c])
    probs = layers.Dense(V, activation="softmax")(seq)
    return keras.Model([enc_in, dec_tok], probs)


model = build()
model.compile(optimizer=keras.optimizers.Adam(0.015), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit([src[:800], dec_in[:800]], tgt[:800], batch_size=32, epochs=10, verbose=2,
          validation_data=([src[800:], dec_in[800:]], tgt[800:]))

# greedy decoding of one example
s = src[800:801]
d = np.full((1, T), START)
for t in range(T):
    p = model([s, d], training=False).numpy()
    nxt = p[0, t].argmax()
    if t + 1 < T:
        d[0, t + 1] = nxt
print(s[0], "->", list(d[0, 1:]) + [nxt])
