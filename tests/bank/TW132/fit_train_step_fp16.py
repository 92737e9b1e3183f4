import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.mixed_precision.set_global_policy("mixed_float16")


class Net(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        grads = tape.gradient(loss, self.trainable_variables)  # HERE
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))  # HERE
        for m in self.metrics:
            if m.name == "loss":
                m.update_state(loss)
            else:
                m.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


def main():
    keras.utils.set_random_seed(0)
    x = np.random.uniform(-1, 1, (480, 5)).astype("float32")
    y = (2 * x[:, :1] + x[:, 1:2] * x[:, 2:3] - x[:, 3:4] ** 2).astype("float32")
    inputs = keras.Input((5,))
    h = keras.layers.Dense(32, activation="relu")(inputs)
    h = keras.layers.Dense(32, activation="relu")(h)
    outputs = keras.layers.Dense(1, dtype="float32")(h)
    model = Net(inputs, outputs)
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse", metrics=["mae"])
    model.fit(x, y, batch_size=32, epochs=8, verbose=2)


if __name__ == "__main__":
    main()
