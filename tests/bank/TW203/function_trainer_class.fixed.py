import numpy as np
import tensorflow as tf
from tensorflow import keras


class Trainer:
    def __init__(self, n_features, lr=0.01):
        self.model = self.build(n_features)
        self.optimizer = keras.optimizers.Adam(lr)
        self.loss = keras.losses.BinaryCrossentropy()
        self.metric = keras.metrics.Mean(name="loss")

    @staticmethod
    def build(n_features):
        inputs = keras.Input((n_features,))
        x = keras.layers.BatchNormalization()(inputs)
        x = keras.layers.Dense(20, activation="elu")(x)
        x = keras.layers.Dense(1)(x)
        outputs = keras.layers.Activation("sigmoid")(x)
        return keras.Model(inputs, outputs)

    @tf.function
    def step(self, x, y):
        with tf.GradientTape() as tape:
            prob = self.model(x, training=True)
            value = self.loss(y, prob)
        grads = tape.gradient(value, self.model.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.model.trainable_variables))
        self.metric.update_state(value)

    def fit(self, ds, epochs):
        for e in range(epochs):
            self.metric.reset_state()
            for x, y in ds:
                self.step(x, y)
            print("epoch %d loss %.4f" % (e, float(self.metric.result())))


if __name__ == "__main__":
    keras.utils.set_random_seed(8)
    g = np.random.default_rng(8)
    X = g.normal(size=(512, 6)).astype("float32")
    y = ((X[:, 0] * 1.5 - X[:, 1] + 0.5 * X[:, 2]) > 0).astype("float32")[:, None]
    ds = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(512).batch(32)
    t = Trainer(6)
    t.fit(ds, epochs=6)
    print("positive share predicted:", float(np.mean(t.model.predict(X, verbose=0) > 0.5)), "true:", y.mean())
