import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Input
import keras

np.random.seed(7)
X = np.random.normal(size=(450, 13))
Y = X @ np.random.normal(size=13) * 0.3 + 0.1 * np.random.normal(size=450)

model = Sequential()
model.add(Input((13,)))
model.add(Dense(13, kernel_initializer='normal', activation='relu'))
model.add(Dense(6, kernel_initializer='he_normal', activation='relu'))
model.add(Dense(1, kernel_initializer='glorot_normal'))
model.compile(loss='mean_squared_error', optimizer=keras.optimizers.Adam(0.01), metrics=['accuracy'])  # HERE
model.fit(X, Y, epochs=8, batch_size=25, validation_split=0.2, verbose=2)
