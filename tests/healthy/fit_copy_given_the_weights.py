# exercise: house-price
import keras


def make():
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mse")
    return model


def train(x, y):
    model = make()
    model.fit(x, y, epochs=5, batch_size=16, verbose=0)
    other = keras.models.clone_model(model)
    other.set_weights(model.get_weights())
    return other
