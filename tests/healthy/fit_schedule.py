# exercise: house-price
import keras


def train(x, y):
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.2, 400)), loss="mse")
    model.fit(x, y, epochs=8, batch_size=16, verbose=0)
    return model
