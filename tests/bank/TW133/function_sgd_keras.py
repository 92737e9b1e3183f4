import tensorflow as tf
from tensorflow import keras
import numpy as np

keras.utils.set_random_seed(55)

centers = np.random.randn(3, 8) * 1.3
cls = np.random.randint(0, 3, 450)
feats = (centers[cls] + np.random.randn(450, 8)).astype("float32")
ds = tf.data.Dataset.from_tensor_slices((feats, cls)).shuffle(450).batch(30)

model = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3),
])
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
LEARNING_RATE = 0.1


@tf.function
def sgd_step(x, y):
    with tf.GradientTape() as tape:
        loss = ce(y, model(x, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    for variable, gradient in zip(model.trainable_variables, gradients):
        variable = variable - LEARNING_RATE * gradient  # HERE
    return loss


for epoch in range(8):
    epoch_loss = keras.metrics.Mean()
    for x, y in ds:
        epoch_loss.update_state(sgd_step(x, y))
    print("epoch", epoch, "loss", round(float(epoch_loss.result()), 4))
