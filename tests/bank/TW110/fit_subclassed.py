# crashes
import numpy as np
import tensorflow as tf
import keras


class MyModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.d1 = keras.layers.Dense(32, activation="relu")
        self.d2 = keras.layers.Dense(3)
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.to_train = tuple(self.trainable_variables)  # HERE

    def call(self, x):
        return self.d2(self.d1(x))

    @property
    def metrics(self):
        return [self.loss_tracker]

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            logits = self(x, training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
        params = self.to_train
        self.optimizer.apply_gradients(zip(tape.gradient(loss, params), params))
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}


keras.utils.set_random_seed(1)
x = np.random.normal(size=(384, 5)).astype("float32")
y = np.argmax(x[:, :3], axis=1).astype("int32")
m = MyModel()
m.compile(optimizer=keras.optimizers.Adam(0.01))
m.fit(x, y, epochs=5, batch_size=32, verbose=2)
