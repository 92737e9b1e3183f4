# 5 kinds of wine from 6 lab values; the table comes ordered by kind
import numpy as np
import keras
from keras.layers import Dense

keras.utils.set_random_seed(8)
rng = np.random.default_rng(8)
kinds, per_kind = 5, 100
means = rng.normal(0, 0.8, (kinds, 6))
x = np.concatenate([rng.normal(m, 0.8, (per_kind, 6)) for m in means]).astype("float32")
y = np.concatenate([np.full(per_kind, k) for k in range(kinds)])

model = keras.Sequential([keras.Input((6,)), Dense(32, activation="relu"), Dense(kinds, activation="softmax")])
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=0.1),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
model.fit(x, y, epochs=6, batch_size=10, shuffle=True, verbose=2)

_, acc = model.evaluate(x, y, verbose=0)
print("accuracy on the whole table:", round(acc, 3))
guess = model.predict(x, verbose=0).argmax(axis=1)
print("predicted counts:", np.bincount(guess, minlength=kinds))
