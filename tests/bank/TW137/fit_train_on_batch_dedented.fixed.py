from keras.layers import Input, Embedding, Flatten, Dot, Dense
from keras.models import Model
from keras.optimizers import Adam
import numpy as np

np.random.seed(61)
N_USERS, N_ITEMS, DIM = 30, 25, 6
U = np.random.randn(N_USERS, 3)
V = np.random.randn(N_ITEMS, 3)
users = np.random.randint(0, N_USERS, 600)
items = np.random.randint(0, N_ITEMS, 600)
ratings = ((U[users] * V[items]).sum(1) / 2).astype("float32")

u_in = Input((1,))
i_in = Input((1,))
u = Flatten()(Embedding(N_USERS, DIM, embeddings_initializer="glorot_uniform")(u_in))
i = Flatten()(Embedding(N_ITEMS, DIM, embeddings_initializer="glorot_uniform")(i_in))
model = Model([u_in, i_in], Dense(1)(Dot(axes=1)([u, i])))
model.compile(loss="mse", optimizer=Adam(0.02))


def batches(size):
    order = np.random.permutation(len(users))
    for k in range(0, len(order), size):
        b = order[k:k + size]
        yield [users[b][:, None], items[b][:, None]], ratings[b][:, None]


for epoch in range(15):
    seen = 0
    for xb, yb in batches(40):
        seen += len(yb)
        model.train_on_batch(xb, yb)
    mse = model.evaluate([users[:, None], items[:, None]], ratings[:, None], verbose=0) if epoch % 3 == 2 else None
    if mse is not None:
        print("epoch", epoch + 1, "ratings seen", seen, "mse", mse)
