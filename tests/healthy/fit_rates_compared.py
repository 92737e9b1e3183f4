# exercise: house-price
import keras


def train(x, y):
    best, score = None, 1e9
    for rate in (0.001, 0.01, 0.1):
        model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
        model.compile(optimizer=keras.optimizers.Adam(rate), loss="mse")
        model.fit(x, y, epochs=5, batch_size=16, verbose=0)
        loss = model.evaluate(x, y, verbose=0)
        if loss < score:
            best, score = model, loss
    return best
