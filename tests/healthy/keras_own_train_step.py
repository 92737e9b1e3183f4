# practice: modes
import keras
import tensorflow as tf


class Trainer(keras.Model):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def call(self, x, training=None):
        return self.inner(x, training=training)

    def train_step(self, batch):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(batch)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - self(x, training=True)))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"mse": loss}


def train(model, optimizer, data):
    trainer = Trainer(model)
    trainer.compile(optimizer=optimizer)
    for epoch in range(5):
        for x, y in data:
            trainer.train_on_batch(x, y)
