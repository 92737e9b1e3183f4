# exercise: house-price
import keras


def make():
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mse")
    return model


def train(x, y):
    model = make()
    for epoch in range(5):
        for i in range(0, len(x), 16):
            model.train_on_batch(x[i : i + 16], y[i : i + 16])
    return model
