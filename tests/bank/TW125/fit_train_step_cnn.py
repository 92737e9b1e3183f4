import numpy as np
import tensorflow as tf
from tensorflow import keras

REG = keras.regularizers.L2(1e-2)


class RegularizedCNN(keras.Model):
    def __init__(self):
        super().__init__()
        self.c1 = keras.layers.Conv2D(8, 3, activation="relu", kernel_regularizer=REG)
        self.c2 = keras.layers.Conv2D(8, 3, activation="relu", kernel_regularizer=REG)
        self.flat = keras.layers.Flatten()
        self.out = keras.layers.Dense(2, kernel_regularizer=REG)
        self.ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.acc = keras.metrics.SparseCategoricalAccuracy(name="accuracy")

    def call(self, x):
        return self.out(self.flat(self.c2(self.c1(x))))

    @property
    def metrics(self):
        return [self.loss_tracker, self.acc]

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            logits = self(x, training=True)
            loss = self.ce(y, logits)  # HERE
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.loss_tracker.update_state(loss)
        self.acc.update_state(y, logits)
        return {"loss": self.loss_tracker.result(), "accuracy": self.acc.result()}


if __name__ == "__main__":
    keras.utils.set_random_seed(1)
    n = 400
    labels = np.random.randint(0, 2, n)
    imgs = 0.5 * np.random.randn(n, 8, 8, 1).astype("float32")
    for i, l in enumerate(labels):
        r, c = np.random.randint(1, 6, 2)
        if l:
            imgs[i, r, c - 1:c + 2, 0] += 1.8   # a short dash
        else:
            imgs[i, r - 1:r + 2, c, 0] += 1.8   # a short bar
    model = RegularizedCNN()
    model.compile(optimizer=keras.optimizers.Adam(0.005))
    model.fit(imgs, labels, epochs=10, batch_size=25, verbose=2)
