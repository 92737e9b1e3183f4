"""Autoencoder whose decoder uses the transposed encoder kernel."""
import numpy as np
import keras
from keras import ops


class DenseTranspose(keras.layers.Layer):
    def __init__(self, dense, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.dense = dense
        self.activation = keras.activations.get(activation)

    def build(self, batch_input_shape):
        self.biases = self.add_weight(name="bias", shape=[self.dense.kernel.shape[0]], initializer="zeros")

    def call(self, inputs):
        z = ops.matmul(inputs, ops.transpose(self.dense.kernel))
        return self.activation(z + self.biases)


keras.utils.set_random_seed(42)
rng = np.random.default_rng(42)
codes = rng.normal(size=(500, 5))
basis = rng.normal(size=(5, 30))
X = np.tanh(codes @ basis * 0.5).astype("float32")

dense_1 = keras.layers.Dense(20, activation="selu")
dense_2 = keras.layers.Dense(8, activation="selu")
inputs = keras.Input((30,))
encoded = dense_2(dense_1(inputs))
decoded = DenseTranspose(dense_2, activation="selu")(encoded)
decoded = DenseTranspose(dense_1)(decoded)
tied_ae = keras.Model(inputs, decoded)

tied_ae.compile(loss="mse", optimizer=keras.optimizers.Nadam(learning_rate=0.003))
tied_ae.fit(X[:400], X[:400], epochs=12, batch_size=16, validation_data=(X[400:], X[400:]), verbose=2)
