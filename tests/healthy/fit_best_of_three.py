# exercise: house-price
import keras


def make():
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mse")
    return model


def train(x, y):
    best, score = None, 1e9
    for seed in range(3):
        keras.utils.set_random_seed(seed)
        model = make()
        h = model.fit(x, y, epochs=5, batch_size=16, verbose=0)
        if h.history["loss"][-1] < score:
            best, score = model, h.history["loss"][-1]
    return best
