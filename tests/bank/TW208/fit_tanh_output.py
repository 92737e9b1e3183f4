from keras.models import Sequential
from keras.layers import Dense
import keras
import numpy as np

keras.utils.set_random_seed(64)
# XOR with a little noise
corners = np.random.randint(0, 2, size=(500, 2))
X = 2.0 * corners - 1 + 0.25 * np.random.randn(500, 2)
Y = (corners[:, 0] ^ corners[:, 1])

net = Sequential([
    keras.Input((2,)),
    Dense(16, activation='tanh'),
    Dense(16, activation='tanh'),
    Dense(1, activation='tanh')  # HERE
])
net.compile('adam', 'binary_crossentropy', metrics=['accuracy'])
stop = keras.callbacks.EarlyStopping(patience=15)
h = net.fit(X, Y, batch_size=10, epochs=12, validation_split=0.2, callbacks=[stop], verbose=0)
for e in range(len(h.epoch)):
    print(e, 'loss %.3f acc %.3f val_loss %.3f' % (h.history['loss'][e], h.history['accuracy'][e], h.history['val_loss'][e]))
