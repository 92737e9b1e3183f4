"""No `fit`: each batch is handed over by `train_on_batch`."""

import keras


class Price(keras.Model):
    def __init__(self):
        super().__init__()
        self.price = keras.layers.Dense(units=1)

    def call(self, x):
        return self.price(x)


def train(x, y):
    model = Price()
    model.compile(keras.optimizers.Adam(learning_rate=0.1), keras.losses.MeanSquaredError())
    for _ in range(5):
        for start in range(0, len(x), 16):
            model.train_on_batch(x[start : start + 16], y[start : start + 16])
    return model
