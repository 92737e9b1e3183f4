import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
import numpy as np

tf.random.set_seed(33)
np.random.seed(33)

N_FEATURES = 20
x = np.random.randn(400, N_FEATURES).astype("float32")
proj = np.random.randn(N_FEATURES, 5)
y = np.argmax(x @ proj, axis=1)

winit = keras.initializers.RandomNormal(mean=0.0, stddev=20.0, seed=1)  # HERE

model = keras.Sequential()
model.add(layers.Input((N_FEATURES,)))
model.add(layers.Dense(64, activation="relu", kernel_initializer=winit))  # HERE
model.add(layers.Dense(32, activation="relu"))
model.add(layers.Dense(5))

opt = keras.optimizers.Adam(learning_rate=0.005)
criterion = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
train_acc = keras.metrics.SparseCategoricalAccuracy()
loader = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(400).batch(40)

for epoch in range(8):
    running = []
    train_acc.reset_state()
    for inputs, targets in loader:
        with tf.GradientTape() as tape:
            outputs = model(inputs, training=True)
            loss = criterion(targets, outputs)
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        running.append(loss.numpy())
        train_acc.update_state(targets, outputs)
    print('[epoch %d] loss: %.3f  acc: %.3f' % (epoch + 1, sum(running) / len(running), train_acc.result()))
