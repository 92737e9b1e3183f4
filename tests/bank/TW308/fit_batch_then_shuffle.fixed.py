import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(12)

# spam/ham style bag of words: 60 counts per mail, spam mails first
rng = np.random.default_rng(12)
spam = rng.poisson(np.linspace(1.0, 0.7, 60), (200, 60))
ham = rng.poisson(np.linspace(0.7, 1.0, 60), (200, 60))
bow = np.log1p(np.concatenate([spam, ham])).astype("float32")
is_spam = np.concatenate([np.ones(200), np.zeros(200)]).astype("float32")

ds = tf.data.Dataset.from_tensor_slices((bow, is_spam))
ds = ds.shuffle(1000).batch(20).prefetch(1)

model = keras.Sequential([
    keras.layers.Input(shape=(60,)),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dropout(0.2),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.SGD(0.5), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(ds, epochs=5, verbose=2)
print(model.evaluate(bow, is_spam, verbose=0))
