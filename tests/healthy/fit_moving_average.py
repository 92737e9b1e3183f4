# exercise: house-price
import keras


def train(x, y):
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.1, use_ema=True, ema_momentum=0.9), loss="mse")
    model.fit(x, y, epochs=5, batch_size=16, verbose=0)
    model.optimizer.finalize_variable_values(model.trainable_variables)
    return model
