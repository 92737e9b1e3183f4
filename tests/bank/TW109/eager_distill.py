"""Distillation: a small student imitates a big teacher."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(40)


def mlp(width, name):
    return keras.Sequential([
        keras.Input((6,)),
        keras.layers.Dense(width, activation="relu"),
        keras.layers.Dense(3),
    ], name=name)


teacher, student = mlp(64, "teacher"), mlp(12, "student")
x = np.random.normal(size=(320, 6)).astype("float32")
optimizer = keras.optimizers.Adam(0.01)

for epoch in range(8):
    perm = np.random.permutation(320)
    mean = keras.metrics.Mean()
    for i in range(0, 320, 32):
        xb = x[perm[i:i + 32]]
        with tf.GradientTape() as tape:
            wanted = teacher(xb)
            got = student(xb)
            loss = tf.reduce_mean(tf.square(wanted - got))
        grads = tape.gradient(loss, teacher.trainable_variables)  # HERE
        optimizer.apply_gradients(zip(grads, teacher.trainable_variables))  # HERE
        mean.update_state(loss)
    print("epoch", epoch, "distance to teacher", float(mean.result()))
