import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

np.random.seed(3)
tf.random.set_seed(3)

# Auto-MPG like
n = 392
cyl = np.random.choice([4, 6, 8], n)
disp = cyl * 45 + np.random.normal(0, 20, n)
hp = cyl * 18 + np.random.normal(0, 12, n)
weight = cyl * 450 + 600 + np.random.normal(0, 250, n)
mpg = 46 - 0.006 * weight - 0.05 * hp + np.random.normal(0, 1, n)
train_features = np.stack([cyl, disp, hp, weight], axis=1).astype("float32")
train_labels = ((mpg - mpg.mean()) / mpg.std()).astype("float32")

normalizer = layers.Normalization(axis=-1)
normalizer.adapt(train_features)

model = keras.Sequential([
    layers.Input((4,)),
    normalizer,
    layers.Dense(64, activation='relu'),
    layers.Dense(1),
])
model.compile(loss='mean_squared_error', optimizer=tf.keras.optimizers.SGD(0.02))
history = model.fit(train_features, train_labels, epochs=6, verbose=2)
