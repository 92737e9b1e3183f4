import keras
import numpy as np
import tensorflow as tf
from keras import layers

rng = np.random.default_rng(1)
digits = rng.normal(size=(3, 7, 7, 1))
lab = rng.integers(0, 3, 300)
img = (digits[lab] + 0.6 * rng.normal(size=(300, 7, 7, 1))).astype("float32")


class Learner:
    def __init__(self):
        self.model = keras.Sequential([keras.Input((7, 7, 1)), layers.Conv2D(6, 3, activation="relu"), layers.Flatten(), layers.Dense(3)])
        self.optimizer = keras.optimizers.RMSprop(0.005)
        self.criterion = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @tf.function
    def learn(self, x, y):
        with tf.GradientTape() as tape:
            loss = self.criterion(y, self.model(x, training=True))
        weights = self.model.trainable_weights
        gradients = tape.gradient(loss, weights)
        self.optimizer.apply_gradients(zip(gradients, weights))
        return loss


learner = Learner()
batches = tf.data.Dataset.from_tensor_slices((img, lab)).shuffle(300).batch(30)
for epoch in range(5):
    print(f"epoch {epoch}", np.mean([learner.learn(x, y).numpy() for x, y in batches]))
