import numpy as np
import keras
import tensorflow as tf
from keras import layers


class Classifier(keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.conv = layers.Conv2D(8, 3, activation="relu")
        self.flat = layers.Flatten()
        self.fc = layers.Dense(n_classes)
        self.criterion = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        self.seen = keras.metrics.Mean(name="ce")

    def call(self, x):
        return self.fc(self.flat(self.conv(x)))

    @property
    def metrics(self):
        return [self.seen]

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.criterion(y, self(x, training=True))
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.seen.update_state(loss)
        return {"ce": self.seen.result()}


keras.utils.set_random_seed(9)
shapes = np.random.rand(3, 8, 8, 1)
label = np.random.randint(0, 3, 384)
image = (shapes[label] - 0.5 + 0.5 * np.random.randn(384, 8, 8, 1)).astype("float32")
model = Classifier(3)
model.compile(optimizer=keras.optimizers.SGD(0.1))
model.fit(image, label, batch_size=32, epochs=5, verbose=2)
