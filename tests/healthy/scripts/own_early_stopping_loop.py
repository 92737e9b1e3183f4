"""A Trainer class with validation, patience and best weights, all by hand."""
import numpy as np
import tensorflow as tf


class Trainer:
    def __init__(self, model, rate=0.01, patience=4):
        self.model = model
        self.opt = tf.keras.optimizers.Adam(rate)
        self.loss_fn = tf.keras.losses.MeanAbsoluteError()
        self.patience = patience

    @tf.function
    def _step(self, x, y):
        with tf.GradientTape() as tape:
            loss = self.loss_fn(y, self.model(x, training=True))
        grads = tape.gradient(loss, self.model.trainable_variables)
        self.opt.apply_gradients(zip(grads, self.model.trainable_variables))
        return loss

    def train(self, train_ds, x_val, y_val, max_epochs=25):
        best, wait, best_weights = float("inf"), 0, None
        for epoch in range(max_epochs):
            loss = np.mean([self._step(x, y).numpy() for x, y in train_ds])
            val = float(self.loss_fn(y_val, self.model(x_val, training=False)))
            print(f"epoch {epoch:2d} train {loss:.4f} val {val:.4f}")
            if val < best:
                best, wait, best_weights = val, 0, self.model.get_weights()
            else:
                wait += 1
                if wait >= self.patience:
                    print("no progress, stopping")
                    break
        self.model.set_weights(best_weights)
        return best


rng = np.random.default_rng(5)
X = rng.uniform(-2, 2, (500, 2)).astype("float32")
Y = np.abs(X[:, :1]) - np.sin(2 * X[:, 1:])
net = tf.keras.Sequential([tf.keras.layers.Input((2,)), tf.keras.layers.Dense(32, activation="relu"),
                           tf.keras.layers.Dropout(0.05), tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(1)])
ds = tf.data.Dataset.from_tensor_slices((X[:400], Y[:400])).shuffle(400).batch(25)
print("best validation error", Trainer(net).train(ds, X[400:], Y[400:].astype("float32")))
