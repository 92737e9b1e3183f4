import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Input
from keras.optimizers import Adam

np.random.seed(42)

# eight standardised measurements, outcome 0/1
data = np.random.randn(500, 8)
risk = 1.5 * data[:, 1] + data[:, 5] + 0.8 * data[:, 7] - 0.6 * data[:, 2]
outcome = (risk + 0.3 * np.random.randn(500) > 0).astype(int)

model = Sequential()
model.add(Input(shape=(8,)))
model.add(Dense(12, activation='relu'))
model.add(Dense(8, activation='relu'))
model.add(Dense(1, activation='sigmoid'))

model.compile(loss='binary_crossentropy', optimizer=Adam(learning_rate=0.01), metrics=['accuracy'])
model.fit(data[:400], outcome[:400], epochs=8, batch_size=20, verbose=2)

_, accuracy = model.evaluate(data[400:], outcome[400:], verbose=0)
print('Accuracy: %.2f' % (accuracy * 100))
