"""Bike rentals per hour can't be negative, so relu at the end."""
import numpy as np
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential

rng = np.random.RandomState(10)
hour = rng.randint(0, 24, 500)
temp = rng.uniform(-5, 30, 500)
weekend = rng.randint(0, 2, 500)
rentals = np.maximum(0, 3 + 2 * np.sin((hour - 6) / 24 * 2 * np.pi) + 0.1 * temp - 0.6 * weekend + rng.normal(0, 0.2, 500))

features = np.column_stack([np.sin(hour / 24 * 2 * np.pi), np.cos(hour / 24 * 2 * np.pi), temp / 15.0 - 1.0, weekend])
features = features.astype("float32")
n_train = 400

model = Sequential([
    Input((4,)),
    Dense(32, activation="relu"),
    Dense(16, activation="relu"),
    Dense(1, activation="relu", bias_initializer="ones"),
])
model.compile(optimizer="adam", loss="mean_squared_error", metrics=["mean_absolute_error"])
model.fit(features[:n_train], rentals[:n_train], epochs=15, batch_size=16, verbose=2,
          validation_data=(features[n_train:], rentals[n_train:]))
print(model.predict(features[n_train:n_train + 4], verbose=0).ravel(), rentals[n_train:n_train + 4])
