import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(55)
N, D = 400, 20
rng = np.random.default_rng(55)
W = rng.normal(size=(D, 5))
inputs = rng.normal(size=(N, D)).astype("float32")
# multi-label: 5 yes/no tags
tags = (inputs @ W + rng.normal(size=(N, 5)) > 0).astype("float32")

base = tf.data.Dataset.from_tensor_slices((inputs[:320], tags[:320]))
train = base.batch(32).take(1).repeat(10)  # HERE

model = tf.keras.Sequential([
    tf.keras.layers.Input((D,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(5, activation="sigmoid"),
])
bce = tf.keras.losses.BinaryCrossentropy()
opt = tf.keras.optimizers.Adam(0.01)
loss_tracker = tf.keras.metrics.Mean()
test_acc = tf.keras.metrics.BinaryAccuracy()


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = bce(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    loss_tracker.update_state(loss)


for epoch in range(8):
    loss_tracker.reset_state()
    test_acc.reset_state()
    for x, y in train:
        train_step(x, y)
    test_acc.update_state(tags[320:], model(inputs[320:], training=False))
    tf.print("epoch", epoch, "loss", loss_tracker.result(), "tag accuracy", test_acc.result())
