import tensorflow as tf
import numpy as np

rng = np.random.RandomState(15)
tf.random.set_seed(15)
VOCAB = 60

spam = rng.randint(0, 2, 400)
rate = np.where(spam[:, None] == 1, np.r_[np.full(20, 0.9), np.full(40, 0.3)], np.full(60, 0.35))
mails = np.log1p(rng.poisson(rate)).astype("float32")
ds = tf.data.Dataset.from_tensor_slices((mails, spam.astype("float32")[:, None])).shuffle(400).batch(16).prefetch(2)

w1 = tf.keras.layers.Dense(32, activation="relu", name="w1")
w2 = tf.keras.layers.Dense(1, name="w2")  # HERE
net = tf.keras.Sequential([tf.keras.Input((VOCAB,)), w1, tf.keras.layers.Dropout(0.2), w2])
optimizer = tf.keras.optimizers.SGD(0.2)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        y_hat = net(x, training=True)
        loss = tf.reduce_mean(tf.keras.losses.binary_crossentropy(y, y_hat))  # HERE
    grads = tape.gradient(loss, net.trainable_weights)
    optimizer.apply_gradients(zip(grads, net.trainable_weights))
    return loss


for epoch in range(8):
    mean = tf.keras.metrics.Mean()
    for x, y in ds:
        mean.update_state(train_step(x, y))
    tf.print("epoch", epoch, "loss", mean.result())

acc = np.mean((net(mails).numpy()[:, 0] > 0.5) == spam)
print("train accuracy", acc)
