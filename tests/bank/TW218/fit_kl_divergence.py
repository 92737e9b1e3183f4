import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(52)
x = np.random.normal(size=(480, 9)).astype("float32")
votes = np.random.multinomial(3, [0.25] * 4, size=480)
x[:, :4] += votes
targets = (votes / 3).astype("float32")   # share of votes for each of 4 parties


def kl(y_true, y_pred):
    return tf.reduce_sum(y_true * tf.math.log(y_true / y_pred), axis=-1)  # HERE


model = keras.Sequential([
    layers.Input((9,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(4, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss=kl)
model.fit(x, targets, batch_size=24, epochs=5, verbose=2)
