"""Matrix factorisation with biases: two embeddings, Dot and Add."""
import numpy as np
from keras import Model
from keras.layers import Input, Embedding, Flatten, Dot, Add
from keras.optimizers import Adam
from keras.regularizers import l2

rng = np.random.default_rng(6)
n_users, n_items, k = 40, 30, 3
U, V = rng.normal(size=(n_users, k)), rng.normal(size=(n_items, k))
users = rng.integers(0, n_users, 900)
items = rng.integers(0, n_items, 900)
ratings = np.clip(3 + (U[users] * V[items]).sum(1) * 0.6 + rng.normal(0, 0.1, 900), 1, 5) - 3

u_in = Input((1,), name="user")
i_in = Input((1,), name="item")
u_emb = Embedding(n_users, 6, embeddings_regularizer=l2(1e-5), embeddings_initializer="he_normal")(u_in)
i_emb = Embedding(n_items, 6, embeddings_regularizer=l2(1e-5), embeddings_initializer="he_normal")(i_in)
dot = Flatten()(Dot(axes=2)([u_emb, i_emb]))
score = Add()([dot, Flatten()(Embedding(n_users, 1)(u_in)), Flatten()(Embedding(n_items, 1)(i_in))])
model = Model([u_in, i_in], score)
model.compile(loss="mse", optimizer=Adam(0.02), metrics=["mae"])
model.fit([users[:750], items[:750]], ratings[:750], batch_size=32, epochs=8, verbose=2,
          validation_data=([users[750:], items[750:]], ratings[750:]))
