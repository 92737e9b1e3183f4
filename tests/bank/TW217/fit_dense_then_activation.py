import numpy as np
import keras
from keras.models import Sequential
from keras.layers import Dense, Activation, Dropout

keras.utils.set_random_seed(58)
x = np.random.random((600, 20)) - 0.5
w = np.random.standard_normal((20, 5))
labels = np.argmax(x @ w, axis=1)
one_hot_labels = keras.utils.to_categorical(labels, num_classes=5)

model = Sequential()
model.add(keras.Input(shape=(20,)))
model.add(Dense(64))
model.add(Activation('relu'))
model.add(Dropout(0.1))
model.add(Dense(5, activation='softmax'))  # HERE
model.add(Activation('softmax'))  # HERE

model.compile(optimizer=keras.optimizers.RMSprop(0.005), loss='categorical_crossentropy', metrics=['accuracy'])
model.fit(x, one_hot_labels, epochs=8, batch_size=32, verbose=2)
