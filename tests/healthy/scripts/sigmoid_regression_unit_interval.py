import keras
import numpy as np
from keras.layers import Dense

# predict click-through rate in [0, 1]: sigmoid output + mse
np.random.seed(77)
X = np.random.normal(0, 1, (450, 5)).astype("float32")
logit = 1.5 * X[:, 0] - X[:, 1] + 0.5 * X[:, 2] * X[:, 3]
ctr = 1 / (1 + np.exp(-logit))
ctr = np.clip(ctr + np.random.normal(0, 0.02, ctr.shape), 0, 1)

X_train, X_test = X[:350], X[350:]
y_train, y_test = ctr[:350], ctr[350:]

model = keras.models.Sequential()
model.add(keras.Input(shape=(5,)))
model.add(Dense(24, activation="relu"))
model.add(Dense(24, activation="relu"))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="mse", optimizer="adam", metrics=["mae"])

history = model.fit(X_train, y_train, epochs=12, batch_size=10, verbose=0, validation_data=(X_test, y_test))
print("Train MSE: %.4f -> %.4f" % (history.history["loss"][0], history.history["loss"][-1]))
mse, mae = model.evaluate(X_test, y_test, verbose=0)
print("Test MSE: %.4f MAE: %.4f" % (mse, mae))
