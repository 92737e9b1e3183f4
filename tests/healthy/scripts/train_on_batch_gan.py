import keras
import numpy as np
from keras.layers import Dense, Input, LeakyReLU

# GAN the old way: D compiled alone and trained with train_on_batch, G by a tape
import tensorflow as tf

keras.utils.set_random_seed(70)
LAT = 6
real_data = lambda n: (np.random.randn(n, 1) * 0.4 + 1.5).astype("float32")

d = keras.Sequential([Input((1,)), Dense(24), LeakyReLU(0.2), Dense(24), LeakyReLU(0.2), Dense(1, activation="sigmoid")])
d.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(2e-3, beta_1=0.5), metrics=["accuracy"])
g = keras.Sequential([Input((LAT,)), Dense(24, activation="relu"), Dense(1)])
g_opt = keras.optimizers.Adam(2e-3, beta_1=0.5)
bce = keras.losses.BinaryCrossentropy()


@tf.function
def train_g(z):
    with tf.GradientTape() as tape:
        fooled = d(g(z, training=True), training=False)
        loss = bce(tf.ones_like(fooled), fooled)
    g_opt.apply_gradients(zip(tape.gradient(loss, g.trainable_variables), g.trainable_variables))
    return loss


half = 16
history = []
for step in range(1, 151):
    fake = g(tf.random.normal((half, LAT)), training=False).numpy()
    xb = np.concatenate([real_data(half), fake])
    yb = np.concatenate([np.ones((half, 1)), np.zeros((half, 1))])
    d_loss = d.train_on_batch(xb, yb, return_dict=True)["loss"]
    g_loss = float(train_g(tf.random.normal((2 * half, LAT))))
    history.append((d_loss, g_loss))
    if step % 30 == 0:
        sample = g(tf.random.normal((500, LAT)), training=False).numpy()
        print("step %d mean of 30: d_loss %.3f g_loss %.3f fake mean %.2f std %.2f" % (step, *np.mean(history[-30:], 0), sample.mean(), sample.std()))
