import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

np.random.seed(50)
tf.random.set_seed(50)

c = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 0, 1]]) * 1.6
lab = np.random.randint(0, 3, 300)
x = (c[lab] + 0.7 * np.random.randn(300, 4)).astype("float32")
train_dataset = tf.data.Dataset.from_tensor_slices((x, lab)).shuffle(300).batch(30)

model = keras.Sequential([layers.Dense(12, activation="relu"), layers.Dense(3)])
optimizer = keras.optimizers.Adam(learning_rate=0.01)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

for epoch in range(8):
    running = keras.metrics.Mean()
    for step, (x_batch, y_batch) in enumerate(train_dataset):
        with tf.GradientTape() as tape:
            logits = model(x_batch, training=True)
            loss_value = loss_fn(y_batch, logits)
        grads = tape.gradient(loss_value, model.trainable_weights)
        running.update_state(loss_value)
        optimizer.apply_gradients(zip(grads, model.trainable_weights))
    print("Loss over epoch %d: %.4f" % (epoch, float(running.result())))
