# simple linear regression with keras, celsius -> fahrenheit style
import tensorflow as tf
import numpy as np

celsius = np.linspace(-2, 2, 120).astype(np.float32)
np.random.shuffle(celsius)
target = 1.8 * celsius + 0.32

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Input(shape=(1,)))
model.add(tf.keras.layers.Dense(units=1))
print(model.count_params(), "parameters")

sgd = tf.keras.optimizers.SGD(learning_rate=0.1)
model.compile(optimizer=sgd, loss="mean_squared_error", metrics=["mae"])

history = model.fit(celsius, target, epochs=8, batch_size=12, verbose=0)

for i, l in enumerate(history.history["loss"]):
    print("epoch", i, "loss", l)

w, b = model.layers[-1].get_weights()
print("slope", w[0, 0], "intercept", b[0])
print("prediction for 1.0:", model.predict(np.array([[1.0]]), verbose=0))
