"""Gradient accumulation inside Model.fit."""
import keras
import tensorflow as tf

keras.utils.set_random_seed(11)


class AccumModel(keras.Model):
    def __init__(self, inner, n_gradients=4):
        super().__init__()
        self.inner = inner
        self.n_gradients = tf.constant(n_gradients, dtype=tf.int32)
        self.n_acum_step = tf.Variable(0, dtype=tf.int32, trainable=False)
        self.gradient_accumulation = [
            tf.Variable(tf.zeros_like(v), trainable=False) for v in inner.trainable_variables
        ]

    def call(self, x, training=False):
        return self.inner(x, training=training)

    def train_step(self, data):
        x, y = data
        self.n_acum_step.assign_add(1)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        gradients = tape.gradient(loss, self.trainable_variables)
        for acc, g in zip(self.gradient_accumulation, gradients):
            acc.assign_add(g / tf.cast(self.n_gradients, tf.float32))
        tf.cond(tf.equal(self.n_acum_step, self.n_gradients), self.apply_accu_gradients, lambda: None)
        self._loss_tracker.update_state(loss)
        return self.compute_metrics(x, y, y_pred)

    def apply_accu_gradients(self):
        self.optimizer.apply_gradients(zip(self.gradient_accumulation, self.trainable_variables))
        self.n_acum_step.assign(0)
        for acc in self.gradient_accumulation:
            acc.assign(tf.zeros_like(acc))


x = tf.random.normal((640, 8))
w = tf.random.normal((8, 3))
y = tf.argmax(x @ w, axis=1)

inner = keras.Sequential([keras.Input((8,)), keras.layers.Dense(32, activation="relu"),
                          keras.layers.Dense(3, activation="softmax")])
model = AccumModel(inner)
opt = keras.optimizers.Adam(0.02)
opt.build(inner.trainable_variables)
model.compile(optimizer=opt, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, batch_size=16, epochs=5, verbose=2)
