import numpy as np
from keras import Sequential, Input, layers, optimizers, utils

utils.set_random_seed(14)

# perceptron homework, question 2
w = np.array([1.0, -2.0, 0.5, 1.5])
X = np.random.randn(400, 4)
y = np.where(X @ w > 0, 1, -1)  # HERE

model = Sequential([
    Input((4,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])  # HERE
model.fit(X[:320], y[:320], epochs=6, batch_size=16, verbose=2)
print("test", model.evaluate(X[320:], y[320:], verbose=0))
