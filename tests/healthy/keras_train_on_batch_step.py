# practice: regression
# eager only: `train_on_batch` brings its own function
import keras

twins = {}


def train_step(model, optimizer, x, y):
    if id(model) not in twins:
        twin = keras.Sequential(model.layers)
        twin.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse", metrics=["mae"])
        twins[id(model)] = twin
    loss, mae = twins[id(model)].train_on_batch(x, y)
    return float(loss)
