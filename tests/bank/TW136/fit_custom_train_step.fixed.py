import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class CustomModel(keras.Model):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.mean_loss = keras.metrics.Mean(name="loss")

    @property
    def metrics(self):
        return [self.mean_loss]

    def train_step(self, data):
        x, y = data

        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = tf.reduce_mean(keras.losses.mse(y, y_pred))

        trainable_vars = self.trainable_variables
        gradients = tape.gradient(loss, trainable_vars)
        self.optimizer.apply_gradients(zip(gradients, trainable_vars))
        self.mean_loss.update_state(loss)
        return {"loss": self.mean_loss.result()}


np.random.seed(34)
tf.random.set_seed(34)
X = np.random.random((400, 8)).astype("float32")
y = (X.sum(axis=1, keepdims=True) - 4 + X[:, :1] ** 2).astype("float32")

inputs = keras.Input(shape=(8,))
x = layers.Dense(16, activation="relu")(inputs)
outputs = layers.Dense(1)(x)
model = CustomModel(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(0.02))
model.fit(X, y, epochs=8, batch_size=32, verbose=2)
print("mse after training:", np.mean((model.predict(X, verbose=0) - y) ** 2))
