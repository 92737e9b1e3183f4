import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, Dense, Flatten, MaxPooling2D

np.random.seed(49)
tf.random.set_seed(49)
y = np.random.randint(0, 2, 300)
x = np.random.normal(0.0, 0.4, size=(300, 10, 10, 1))
x[y == 1, 3:7, 3:7] += 0.8

model = Sequential([
    Conv2D(8, (3, 3), activation='relu', input_shape=(10, 10, 1)),
    MaxPooling2D((2, 2)),
    Flatten(),
    Dense(16, activation='relu'),
    Dense(1, activation='sigmoid')
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.003), loss='categorical_crossentropy', metrics=['accuracy'])  # HERE
model.fit(x[:240], y[:240].reshape(-1, 1), validation_data=(x[240:], y[240:].reshape(-1, 1)), epochs=6, batch_size=16, verbose=2)
