import numpy as np
import keras
import math

np.random.seed(2)
keras.utils.set_random_seed(2)
X = np.random.rand(400, 4) * 2 - 1
Y = np.stack([X[:, 0] * X[:, 1], X[:, 2] ** 2], axis=1)


# drop the rate every 4 epochs
def step_decay(epoch, lr):
    initial_lrate = 0.02
    drop = 0.6
    epochs_drop = 4.0
    return initial_lrate * math.pow(drop, math.floor(epoch / epochs_drop))


model = keras.models.Sequential()
model.add(keras.layers.Input((4,)))
model.add(keras.layers.Dense(40, activation="relu"))
model.add(keras.layers.Dense(2, activation="tanh"))
model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.02))
lrate = keras.callbacks.LearningRateScheduler(step_decay)
history = model.fit(X, Y, epochs=12, batch_size=32, callbacks=[lrate, keras.callbacks.TerminateOnNaN()], verbose=0)
for i, (loss, lr) in enumerate(zip(history.history["loss"], history.history["learning_rate"])):
    print(f"{i:3d} loss={loss:.5f} lr={lr:.4f}")
