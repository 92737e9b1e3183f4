# crashes
import numpy as np
import tensorflow as tf
from tensorflow.keras import Model
from tensorflow.keras.layers import GRU, Dense


class StepsModel(Model):
    def __init__(self):
        super().__init__()
        self.rnn = GRU(12)
        self.out = Dense(1)

    def call(self, x, training=False):
        h = self.rnn(x, training=training)
        return tf.math.ceil(self.out(h))  # HERE


rng = np.random.default_rng(5)
series = rng.random((300, 8, 1)).astype(np.float32)
ups = (np.diff(series[:, :, 0], axis=1) > 0).sum(axis=1, keepdims=True).astype(np.float32)

model = StepsModel()
optimizer = tf.keras.optimizers.Adam(0.03)


@tf.function
def train_on(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.abs(y - model(x, training=True)))
    variables = model.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


data = tf.data.Dataset.from_tensor_slices((series, ups)).shuffle(300, seed=2).batch(30)
for epoch in range(8):
    avg = tf.keras.metrics.Mean()
    for x, y in data:
        avg(train_on(x, y))
    print('Epoch', epoch + 1, 'MAE', avg.result().numpy())
