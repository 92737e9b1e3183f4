import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
import numpy as np


class MyModel(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x)  # HERE
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        trainable_vars = self.trainable_variables
        gradients = tape.gradient(loss, trainable_vars)
        self.optimizer.apply_gradients(zip(gradients, trainable_vars))
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


rng = np.random.default_rng(17)
tokens = rng.integers(1, 60, size=(500, 15))
good = np.isin(tokens, np.arange(1, 12)).sum(1)
bad = np.isin(tokens, np.arange(40, 51)).sum(1)
sentiment = (good > bad).astype("float32").reshape(-1, 1)

inputs = keras.Input(shape=(15,), dtype="int32")
h = layers.Embedding(60, 16)(inputs)
h = layers.GlobalAveragePooling1D()(h)
h = layers.Dense(32, activation="relu")(h)
h = layers.Dropout(0.4)(h)
outputs = layers.Dense(1, activation="sigmoid")(h)
model = MyModel(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])

model.fit(tokens[:400], sentiment[:400], epochs=8, batch_size=32, verbose=2)
print("held out:", model.evaluate(tokens[400:], sentiment[400:], verbose=0))
