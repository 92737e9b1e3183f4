import numpy as np
import tensorflow as tf
import keras

rng = np.random.RandomState(21)
keras.utils.set_random_seed(21)


def softmax_loss(y_true, y_pred):
    y_true = tf.cast(tf.reshape(y_true, [-1]), tf.int32)
    return tf.nn.sparse_softmax_cross_entropy_with_logits(y_true, y_pred)


# three rings
label = rng.randint(0, 3, size=600)
angle = rng.uniform(0, 2 * np.pi, size=600)
radius = 0.5 + 0.7 * label + 0.08 * rng.randn(600)
points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).astype("float32")

inp = keras.Input(shape=(2,))
a = keras.layers.Dense(32, activation="relu")(inp)
b = keras.layers.Dense(32, activation="relu")(a)
out = keras.layers.Dense(3)(keras.layers.Concatenate()([a, b]))
model = keras.Model(inp, out)

model.compile(optimizer="adam", loss=softmax_loss, metrics=["sparse_categorical_accuracy"])
model.fit(points, label, batch_size=20, epochs=12, validation_split=0.15, verbose=2)
