"""Learn the price of a house from its size, its rooms and its age."""

import keras


def train(x, y):
    """Return a trained model: x has shape (512, 3), y has shape (512, 1), in units of 100,000."""
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mae")
    model.fit(x, y, epochs=5, batch_size=16, verbose=0)
    return model
