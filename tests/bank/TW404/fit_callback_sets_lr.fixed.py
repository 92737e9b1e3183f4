import keras
import numpy as np


class Decay(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if epoch % 2 == 1:
            self.model.optimizer.learning_rate = 0.01 * 0.5 ** epoch
            print("lr is now", self.model.optimizer.learning_rate)


x = np.random.RandomState(0).randn(300, 5)
y = x.sum(1, keepdims=True)
m = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
m.compile(keras.optimizers.Adam(0.01), "mse")
m.fit(x, y, epochs=6, callbacks=[Decay()], verbose=0)
