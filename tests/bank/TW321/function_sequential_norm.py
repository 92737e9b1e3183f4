# wine quality again, shorter
import numpy as np
import keras
import tensorflow as tf

keras.utils.set_random_seed(91)
rng = np.random.default_rng(91)
table = np.column_stack([rng.normal(300, 60, 400), rng.normal(20, 9, 400), rng.normal(1000, 220, 400)]).astype("float32")
score = (table[:, 0] - 300) / 60 - 0.5 * (table[:, 1] - 20) / 9 + 0.7 * ((table[:, 2] - 1000) / 220) ** 2
score = score.astype("float32")[:, None]

norm = keras.layers.Normalization()  # HERE
net = keras.Sequential([keras.Input((3,)), norm, keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])  # HERE
optimizer = keras.optimizers.Adam(0.01)
batches = tf.data.Dataset.from_tensor_slices((table, score)).shuffle(400).batch(25)


@tf.function
def fit_batch(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.abs(net(x, training=True) - y))
    grads = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for epoch in range(10):
    values = [float(fit_batch(x, y)) for x, y in batches]
    print("epoch", epoch, "mean abs error", sum(values) / len(values))
