import numpy as np
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import Adam

np.random.seed(0)
X = np.random.rand(400, 8) - 0.5
y = (X @ np.arange(8) / 4.0).reshape(-1, 1)

model = Sequential()
model.add(Input(shape=(8,)))
model.add(Dense(32, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer=Adam(0.01), metrics=['mae'])
model.fit(X[:350], y[:350], validation_data=(X[350:], y[350:]), epochs=6, batch_size=25, verbose=2)
print(model.predict(X[:3], verbose=0).shape)
