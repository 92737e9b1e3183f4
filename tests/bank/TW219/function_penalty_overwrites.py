import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential

tf.keras.utils.set_random_seed(87)
L2 = 1e-4

x = np.random.uniform(-1, 1, size=(400, 8)).astype("float32")
y = (x[:, 0] * x[:, 1] + x[:, 2] > 0).astype("float32")[:, None]
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(400).batch(20)

model = Sequential([layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1)])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(0.01)


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        logits = model(xb, training=True)
        loss = bce(yb, logits)
        loss = L2 * tf.add_n([tf.nn.l2_loss(w) for w in model.trainable_variables])  # HERE
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss, tf.reduce_mean(tf.cast((logits > 0) == (yb > 0.5), tf.float32))


for epoch in range(8):
    out = np.array([[v.numpy() for v in train_step(xb, yb)] for xb, yb in ds])
    print("epoch %d loss %.5f acc %.3f" % (epoch, *out.mean(axis=0)))
