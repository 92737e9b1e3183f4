from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input
import tensorflow as tf
import numpy as np

tf.keras.utils.set_random_seed(3)

# two circles
n = 500
theta = np.random.uniform(0, 2 * np.pi, n)
outer = np.random.randint(0, 2, n)
rad = np.where(outer, 1.0, 0.4) + np.random.normal(0, 0.06, n)
X = np.c_[rad * np.cos(theta), rad * np.sin(theta)].astype("float32") * 1.5
y = outer

model = Sequential()
model.add(Input(shape=(2,)))
for _ in range(9):
    model.add(Dense(24, activation='relu', kernel_initializer='he_uniform'))
model.add(Dense(1, activation='sigmoid'))

model.compile(optimizer=tf.keras.optimizers.Adam(0.003), loss='binary_crossentropy', metrics=['accuracy'])
history = model.fit(X, y, epochs=10, batch_size=32, validation_split=0.2, verbose=0)

print(model.count_params())
print('loss    ', np.round(history.history['loss'], 3))
print('accuracy', np.round(history.history['accuracy'], 3))
