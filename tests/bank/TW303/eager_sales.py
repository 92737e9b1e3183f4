import tensorflow as tf
import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense, Input

tf.random.set_seed(0)
np.random.seed(0)

weeks = np.random.uniform(-1, 1, size=(256, 5)).astype(np.float32)
sales = 1.2e6 + 4e5 * np.sin(2 * weeks[:, 0]) + 3e5 * weeks[:, 1]
sales = sales.astype(np.float32)[:, np.newaxis]  # HERE

model = Sequential([Input((5,)), Dense(32, activation='relu'), Dense(32, activation='relu'), Dense(1)])
optimizer = tf.keras.optimizers.RMSprop(learning_rate=0.003)
mse = tf.keras.losses.MeanSquaredError()

dataset = tf.data.Dataset.from_tensor_slices((weeks, sales)).shuffle(256).batch(32)

first = None
for epoch in range(8):
    losses = []
    for xb, yb in dataset:
        with tf.GradientTape() as tape:
            pred = model(xb, training=True)
            loss = mse(yb, pred)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        losses.append(loss.numpy())
    if first is None:
        first = np.mean(losses)
    print('Epoch {} mean loss {:.5f} ({:.1%} of the first)'.format(epoch, np.mean(losses), np.mean(losses) / first))
