from tensorflow import keras
import numpy as np

# keras wraps the optimizer in a LossScaleOptimizer by itself when the policy is mixed_float16
keras.mixed_precision.set_global_policy("mixed_float16")
keras.utils.set_random_seed(5)


def dataset(n):
    x = np.random.uniform(-1, 1, (n, 2))
    y = (np.sin(3 * x[:, 0]) > x[:, 1]).astype("int32")
    return x.astype("float32"), y


x_train, y_train = dataset(400)
x_val, y_val = dataset(100)

model = keras.Sequential()
model.add(keras.layers.Input((2,)))
model.add(keras.layers.Dense(32, activation="relu"))
model.add(keras.layers.Dense(32, activation="relu"))
model.add(keras.layers.Dense(2))
model.add(keras.layers.Activation("softmax", dtype="float32"))
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
print(type(model.optimizer).__name__)
model.fit(x_train, y_train, epochs=8, batch_size=20, validation_data=(x_val, y_val), verbose=2)
keras.mixed_precision.set_global_policy("float32")
