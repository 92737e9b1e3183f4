# churn model trained on the bernoulli likelihood
import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(35)
customers = rng.normal(size=(300, 8)).astype("float32")
churned = (customers[:, 0] + customers[:, 1] > 0.3).astype("float32")

net = keras.Sequential([keras.Input((8,)), keras.layers.Dense(12, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
opt = keras.optimizers.Adam(learning_rate=0.02)
ds = tf.data.Dataset.from_tensor_slices((customers, churned)).shuffle(300).batch(50)


def nll(t, p):
    p = tf.clip_by_value(p, 1e-6, 1 - 1e-6)
    return -tf.reduce_mean(t * tf.math.log(p) + (1 - t) * tf.math.log(1 - p))  # HERE


def run_epoch():
    values = []
    for features, truth in ds:
        with tf.GradientTape() as tape:
            value = nll(truth, net(features))  # HERE
        gradients = tape.gradient(value, net.trainable_variables)
        opt.apply_gradients(zip(gradients, net.trainable_variables))
        values.append(float(value))
    return sum(values) / len(values)


for epoch in range(9):
    print("epoch", epoch, "nll", round(run_epoch(), 4))
