# exercise: house-price
import keras


def make():
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mse")
    return model


def train(x, y):
    model = make()
    model.fit(x, y, epochs=5, batch_size=16, verbose=0)
    a = model.get_weights()
    model.fit(x, y, epochs=1, batch_size=16, verbose=0)
    model.set_weights([(p + q) / 2 for p, q in zip(a, model.get_weights())])
    return model
