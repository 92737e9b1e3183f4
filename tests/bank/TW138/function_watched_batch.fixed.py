import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(63)
feats = np.random.randn(128, 6).astype("float32")
cls = (feats[:, 0] > feats[:, 1]).astype("float32")[:, None]

batch_x = tf.Variable(feats, trainable=True)
batch_y = tf.constant(cls)
model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
opt = keras.optimizers.Adam(0.03)
bce = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def step():
    with tf.GradientTape() as tape:
        logits = model(batch_x, training=True)
        loss = bce(batch_y, logits)
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for i in range(150):
    loss = step()
    if i % 25 == 0:
        print("step", i, "loss", loss.numpy())
fresh = np.random.randn(400, 6).astype("float32")
right = (model(fresh, training=False).numpy() > 0) == (fresh[:, :1] > fresh[:, 1:2])
print("accuracy on fresh data", right.mean())
