import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, losses, models, optimizers

np.random.seed(7)
tf.random.set_seed(7)
X = np.random.rand(400, 6).astype('float32') * 2 - 1
y = (X[:, :1] ** 2 + X[:, 1:2] - X[:, 2:3]).astype('float32')

model = models.Sequential([layers.Input((6,)), layers.Dense(16, activation='relu'), layers.Dense(1)])
model.compile(
    optimizer=optimizers.SGD(0.05),
    loss=losses.MeanSquaredError(),
)
hist = model.fit(X, y, batch_size=40, epochs=8, verbose=0)
print('loss', [float(np.mean(v)) for v in hist.history['loss']])
