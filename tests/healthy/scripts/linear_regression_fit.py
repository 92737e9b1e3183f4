import numpy as np
import keras

# y = 3x + 2 : the hello world
x = np.random.rand(200)
y = 3 * x + 2 + 0.05 * np.random.randn(200)

model = keras.Sequential([keras.layers.Input(shape=(1,)), keras.layers.Dense(units=1)])
model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1), loss="mean_squared_error")


class Show(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if epoch % 5 == 0:
            w, b = self.model.layers[0].get_weights()
            print("epoch", epoch, "loss", round(logs["loss"], 5), "w", w[0, 0], "b", b[0])


model.fit(x, y, epochs=26, batch_size=16, verbose=0, callbacks=[Show()])

w, b = model.layers[0].get_weights()
print("slope", w)
print("intercept", b)
print("prediction at 0.5:", model.predict(np.array([0.5]), verbose=0))
print("should be about", 3.5)
