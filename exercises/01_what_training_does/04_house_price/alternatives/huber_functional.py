"""Huber's loss, the functional way of building, and everything named."""

import keras


def train(x, y):
    inputs = keras.Input(shape=(3,))
    model = keras.Model(inputs, keras.layers.Dense(units=1, name="price")(inputs))
    model.compile(loss=keras.losses.Huber(), optimizer=keras.optimizers.Adam(learning_rate=0.1), metrics=["mae"])
    model.fit(x, y, epochs=6, batch_size=20, verbose=0)
    return model
