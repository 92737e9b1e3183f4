"""Structured data with very different scales, handled by Normalization.adapt on the training rows."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(1)
n = 500
income = rng.lognormal(10.5, 0.4, n)
age = rng.uniform(18, 80, n)
rooms = rng.integers(1, 8, n)
price = 0.2 * (income - income.mean()) / income.std() + 0.3 * rooms - 0.01 * age + rng.normal(0, 0.1, n)
features = np.stack([income, age, rooms], axis=1).astype("float32")

cut, held = int(0.7 * n), int(0.85 * n)
train_features, test_features = features[:cut], features[held:]
train_labels, test_labels = price[:cut], price[held:]

normalizer = tf.keras.layers.Normalization(axis=-1)
normalizer.adapt(train_features)


def build_and_compile_model(norm):
    model = tf.keras.Sequential([
        norm,
        tf.keras.layers.Dense(32, activation="relu"),
        tf.keras.layers.Dense(32, activation="relu"),
        tf.keras.layers.Dense(1),
    ])
    model.compile(loss="mean_absolute_error", optimizer=tf.keras.optimizers.Adam(0.005))
    return model


dnn_model = build_and_compile_model(normalizer)
history = dnn_model.fit(train_features, train_labels,
                        validation_data=(features[cut:held], price[cut:held]),
                        verbose=0, epochs=15, batch_size=16)
print("mae", history.history["loss"][0], "->", history.history["loss"][-1])
print("test", dnn_model.evaluate(test_features, test_labels, verbose=0))
