import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(64)
# which comes first in the sequence, the +2 or the -2 spike
N, T = 400, 15
x = np.random.normal(0, 0.3, (N, T, 2)).astype("float32")
y = np.zeros((N, 1), "float32")
for i in range(N):
    a, b = np.sort(np.random.choice(T, 2, replace=False))
    if np.random.rand() < 0.5:
        x[i, a, 0] += 2
        x[i, b, 0] -= 2
        y[i] = 1
    else:
        x[i, a, 0] -= 2
        x[i, b, 0] += 2

inputs = keras.Input(shape=(T, 2))
h = layers.GRU(16, return_sequences=True, recurrent_dropout=0.05)(inputs)
h = layers.GRU(16, dropout=0.1)(h)
outputs = layers.Dense(1, activation="sigmoid")(h)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(x[:320], y[:320], validation_data=(x[320:], y[320:]), epochs=8, batch_size=20, verbose=2)
