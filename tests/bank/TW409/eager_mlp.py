import tensorflow as tf
from tensorflow.keras import layers
import numpy as np


class MyModel(tf.keras.Model):
    def __init__(self, hidden):
        super().__init__()
        self.hidden = hidden
        self.out = layers.Dense(1)

    def call(self, x):
        h = layers.Dense(self.hidden, activation="relu")(x)  # HERE
        return self.out(h)


np.random.seed(9)
tf.random.set_seed(9)
x = np.random.uniform(-1, 1, (300, 3)).astype("float32")
y = np.abs(x[:, :1]) + x[:, 1:2] * x[:, 2:3]

model = MyModel(64)
optimizer = tf.keras.optimizers.Adam(0.01)
loss_fn = tf.keras.losses.MeanSquaredError()
dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(300).batch(30)

for epoch in range(10):
    mean_loss = tf.keras.metrics.Mean()
    for xb, yb in dataset:
        with tf.GradientTape() as tape:
            y_pred = model(xb, training=True)
            loss = loss_fn(yb, y_pred)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        mean_loss(loss)
    print('Epoch', epoch, 'loss', mean_loss.result().numpy())
