"""Forecast the next value of a noisy sine with an LSTM."""
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.optimizers import Adam

np.random.seed(7)
series = np.sin(np.arange(500) * 0.2) + np.random.randn(500) * 0.05


def create_dataset(dataset, look_back=12):
    dataX, dataY = [], []
    for i in range(len(dataset) - look_back):
        dataX.append(dataset[i:i + look_back])
        dataY.append(dataset[i + look_back])
    return np.array(dataX), np.array(dataY)


train, test = series[:400], series[400:]
mean, std = train.mean(), train.std()
train, test = (train - mean) / std, (test - mean) / std
trainX, trainY = create_dataset(train)
testX, testY = create_dataset(test)
trainX = trainX[..., np.newaxis]
testX = testX[..., np.newaxis]

model = Sequential()
model.add(Input((12, 1)))
model.add(LSTM(12))
model.add(Dense(1))
model.compile(loss="mean_squared_error", optimizer=Adam(0.01))
model.fit(trainX, trainY, epochs=8, batch_size=16, verbose=2, validation_data=(testX, testY))
rmse = np.sqrt(np.mean((model.predict(testX, verbose=0)[:, 0] - testY) ** 2))
print("Test RMSE: %.3f" % rmse)
