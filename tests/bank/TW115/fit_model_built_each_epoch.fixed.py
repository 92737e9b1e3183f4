import numpy as np
import keras


def get_model():
    m = keras.Sequential([keras.Input((6,)), keras.layers.Dense(12, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
    m.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return m


X = np.random.RandomState(0).randn(400, 6)
y = (X[:, 0] - X[:, 3] > 0).astype(int)
# train epoch by epoch so I can print the score
model = get_model()
for epoch in range(5):
    model.fit(X, y, epochs=1, batch_size=32, verbose=0)
    print("epoch", epoch, "accuracy", model.evaluate(X, y, verbose=0)[1])
