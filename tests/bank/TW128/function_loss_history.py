import tensorflow as tf
import keras
import numpy as np


class Experiment:
    def __init__(self):
        self.history = []
        self.net = keras.Sequential([
            keras.Input((8, 8, 1)),
            keras.layers.Conv2D(6, 3, activation="relu"),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(3),
        ])
        self.optimizer = keras.optimizers.Adam(5e-3)
        self.ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        self.acc = keras.metrics.SparseCategoricalAccuracy()

    @tf.function
    def step(self, images, labels):
        with tf.GradientTape() as tape:
            logits = self.net(images, training=True)
            loss = self.ce(labels, logits)
        grads = tape.gradient(loss, self.net.trainable_variables)
        self.optimizer.apply(grads, self.net.trainable_variables)
        self.acc.update_state(labels, logits)
        self.history.append(loss)  # HERE

    def fit(self, ds, epochs):
        for epoch in range(epochs):
            self.acc.reset_state()
            for images, labels in ds:
                self.step(images, labels)
            print("epoch", epoch, "accuracy", float(self.acc.result()), "losses recorded", len(self.history))


rng = np.random.default_rng(41)
patterns = rng.normal(size=(3, 8, 8, 1))
lab = rng.integers(0, 3, 360)
img = (patterns[lab] + rng.normal(size=(360, 8, 8, 1))).astype("float32")
dataset = tf.data.Dataset.from_tensor_slices((img, lab)).shuffle(360, seed=0).batch(30)

exp = Experiment()
exp.fit(dataset, 6)
