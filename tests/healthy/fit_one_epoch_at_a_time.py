# exercise: house-price
import keras


def make():
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mse")
    return model


def train(x, y):
    model = make()
    for epoch in range(5):
        model.fit(x, y, batch_size=16, verbose=0)
    return model
