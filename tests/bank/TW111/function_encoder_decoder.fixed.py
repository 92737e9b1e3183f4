import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(19)
z = np.random.normal(size=(360, 2))
x = np.tanh(z @ np.random.normal(size=(2, 9))).astype("float32")

encoder = keras.Sequential([keras.Input((9,)), keras.layers.Dense(12, activation="relu"), keras.layers.Dense(3)])
decoder = keras.Sequential([keras.Input((3,)), keras.layers.Dense(12, activation="relu"), keras.layers.Dense(9)])
opt = keras.optimizers.Adam(0.01)


@tf.function
def train_step(batch):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((decoder(encoder(batch)) - batch) ** 2)
    grads = tape.gradient(loss, encoder.trainable_variables + decoder.trainable_variables)
    opt.apply_gradients(zip(grads, encoder.trainable_variables + decoder.trainable_variables))
    return loss


data = tf.data.Dataset.from_tensor_slices(x).shuffle(360).batch(36)
for epoch in range(8):
    print(epoch, float(np.mean([train_step(b).numpy() for b in data])))
