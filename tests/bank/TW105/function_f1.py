# crashes
import tensorflow as tf
import numpy as np
from tensorflow import keras

rng = np.random.default_rng(44)
X = rng.normal(size=(384, 6)).astype("float32")
y = (X[:, :1] * X[:, 1:2] + X[:, 2:3] > 0.2).astype("float32")


def soft_counts(y_true, y_pred):
    y_pred = tf.cast(y_pred > 0.5, tf.float32)  # HERE
    tp = tf.reduce_sum(y_true * y_pred)
    fp = tf.reduce_sum((1 - y_true) * y_pred)
    fn = tf.reduce_sum(y_true * (1 - y_pred))
    return tp, fp, fn


def f1_loss(y_true, y_pred):
    tp, fp, fn = soft_counts(y_true, y_pred)
    return 1 - 2 * tp / (2 * tp + fp + fn + 1e-7)


class Trainer:
    def __init__(self, model, lr):
        self.model = model
        self.opt = keras.optimizers.Adam(lr)
        self.loss = keras.metrics.Mean()

    @tf.function
    def step(self, x, y):
        with tf.GradientTape() as tape:
            loss = f1_loss(y, self.model(x, training=True))
        grads = tape.gradient(loss, self.model.trainable_variables)
        self.opt.apply_gradients(zip(grads, self.model.trainable_variables))
        self.loss.update_state(loss)

    def fit(self, ds, epochs):
        for e in range(epochs):
            self.loss.reset_state()
            for x, y in ds:
                self.step(x, y)
            print(f"epoch={e} f1_loss={self.loss.result().numpy():.4f}")


net = keras.Sequential([keras.Input((6,)), keras.layers.Dense(32, "relu"), keras.layers.Dense(1, "sigmoid")])
Trainer(net, 0.01).fit(tf.data.Dataset.from_tensor_slices((X, y)).shuffle(384).batch(32), 8)
