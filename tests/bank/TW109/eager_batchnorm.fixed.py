import tensorflow as tf
from tensorflow.keras import layers, models
import numpy as np

np.random.seed(13)
tf.random.set_seed(13)
X = np.random.randn(400, 10).astype(np.float32)
y = (X[:, 0] * X[:, 1] > 0).astype(np.int32)

model = models.Sequential()
model.add(layers.Input(shape=(10,)))
model.add(layers.Dense(32))
model.add(layers.BatchNormalization())
model.add(layers.ReLU())
model.add(layers.Dense(2))

criterion = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(0.01)
loader = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(400).batch(40)

for epoch in range(6):
    total_loss = 0.
    for bx, by in loader:
        with tf.GradientTape() as tape:
            out = model(bx, training=True)
            loss = criterion(by, out)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        total_loss += loss.numpy()
    print('[%d] loss: %.3f' % (epoch + 1, total_loss / 10))
