import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Input

# rows are already in random order, so shuffle=False is only for reproducibility
rng = np.random.default_rng(2)
x0 = rng.normal([1, 1], 0.7, size=(200, 2))
x1 = rng.normal([-1, -1], 0.7, size=(200, 2))
X = np.vstack([x0, x1])
y = np.array([0] * 200 + [1] * 200)
p = rng.permutation(400)
X, y = X[p], y[p]

model = Sequential()
model.add(Input((2,)))
model.add(Dense(12, activation="relu"))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
hist = model.fit(X, y, epochs=10, batch_size=10, shuffle=False, validation_split=0.2, verbose=0)
print("loss: first %.3f last %.3f" % (hist.history["loss"][0], hist.history["loss"][-1]))
print("acc : first %.3f last %.3f" % (hist.history["accuracy"][0], hist.history["accuracy"][-1]))
print("val : last %.3f" % hist.history["val_accuracy"][-1])
