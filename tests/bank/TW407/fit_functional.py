from keras import Model, Input, layers, optimizers
import numpy as np

# tabular transfer: pretrained encoder + small regression head
r = np.random.default_rng(77)
X = r.normal(size=(350, 9)).astype("float32")
t = (X[:, 0] - 0.5 * X[:, 4] + 0.3 * X[:, 8]).astype("float32")


def make_encoder():
    i = Input((9,))
    o = layers.Dense(32, activation="tanh")(i)
    o = layers.Dense(32, activation="tanh")(o)
    return Model(i, o, name="encoder")


def make_regressor(encoder):
    i = Input((9,))
    o = layers.Dense(1, name="price")(encoder(i))
    model = Model(i, o, name="regressor")
    model.trainable = False  # HERE
    model.compile(optimizer=optimizers.Adam(learning_rate=0.01), loss="mse")
    return model


enc = make_encoder()
ae_out = layers.Dense(9)(enc.output)
ae = Model(enc.input, ae_out)
ae.compile("adam", "mse")
ae.fit(X, X, epochs=2, batch_size=25, verbose=0)

reg = make_regressor(enc)
h = reg.fit(X, t, epochs=6, batch_size=25, verbose=0)
print("mse per epoch:", np.round(h.history["loss"], 4))
print("r2", 1 - np.mean((reg.predict(X, verbose=0)[:, 0] - t) ** 2) / t.var())
