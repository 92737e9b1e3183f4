# crashes
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D

np.random.seed(20)
# 12x12 pictures with a stripe in one of four quarters
y_train = np.random.randint(0, 4, 400)
x_train = np.random.normal(0, 0.2, (400, 12, 12, 1))
for i, k in enumerate(y_train):
    x_train[i, 3 * k:3 * k + 3] += 0.7

model = Sequential()
model.add(Input((12, 12, 1)))
model.add(Conv2D(8, kernel_size=3, activation='relu'))
model.add(MaxPooling2D(2))
model.add(Flatten())
model.add(Dense(4, activation='softmax'))

model.compile(optimizer='adam', loss='categorical_crossentropy', metrics=['accuracy'])  # HERE
model.fit(x_train, y_train, epochs=4, batch_size=20, verbose=2)  # HERE
