"""Tag every token by its neighbours: Embedding + Bidirectional LSTM + TimeDistributed."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

rng = np.random.default_rng(2024)
tokens = rng.integers(1, 20, size=(300, 12))
left = np.pad(tokens, ((0, 0), (1, 0)))[:, :-1]
right = np.pad(tokens, ((0, 0), (0, 1)))[:, 1:]
tags = ((left > 10).astype(int) + (right > 10).astype(int))

model = keras.models.Sequential([
    keras.layers.Input((12,)),
    keras.layers.Embedding(20, 16),
    keras.layers.Bidirectional(keras.layers.LSTM(16, return_sequences=True)),
    keras.layers.TimeDistributed(keras.layers.Dense(3, activation="softmax")),
])
model.compile("adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.optimizer.learning_rate.assign(0.01)

train = tf.data.Dataset.from_tensor_slices((tokens[:250], tags[:250])).shuffle(250, seed=1).batch(16)
valid = tf.data.Dataset.from_tensor_slices((tokens[250:], tags[250:])).batch(50)
model.fit(train, validation_data=valid, epochs=6, verbose=2)
example = model.predict(tokens[250:251], verbose=0).argmax(-1)[0]
print("tokens:", tokens[250])
print("tags  :", tags[250])
print("model :", example)
