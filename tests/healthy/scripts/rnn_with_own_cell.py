import keras
from keras import layers, ops
import numpy as np

# leaky integrator as a cell for layers.RNN, stacked with a GRUCell
keras.utils.set_random_seed(52)


class LeakyCell(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units
        self.output_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform", name="kernel")
        self.leak = self.add_weight(shape=(self.units,), initializer="zeros", name="leak")

    def call(self, inputs, states):
        a = ops.sigmoid(self.leak)
        h = a * states[0] + (1 - a) * ops.matmul(inputs, self.kernel)
        return h, [h]

    def get_initial_state(self, batch_size=None):
        return [ops.zeros((batch_size, self.units))]


x = np.random.randn(360, 16, 3).astype("float32")
y = np.tanh(2 * x[:, -8:, 0].mean(axis=1) - x[:, :, 1].mean(axis=1))[:, None]

model = keras.Sequential([
    keras.Input((16, 3)),
    layers.RNN(LeakyCell(12), return_sequences=True),
    layers.RNN(layers.GRUCell(12)),
    layers.Dense(1),
])
model.compile("adam", "mse")
model.optimizer.learning_rate.assign(0.01)
hist = model.fit(x[:300], y[:300], epochs=8, batch_size=20, verbose=0, validation_data=(x[300:], y[300:]))
for k in ("loss", "val_loss"):
    print(k, [round(v, 4) for v in hist.history[k]])
