import os
import tempfile
import numpy as np
import tensorflow as tf

tf.random.set_seed(40)
rng = np.random.default_rng(40)
x = rng.normal(size=(300, 5)).astype("float32")
y = (x[:, :1] - 0.5 * x[:, 1:2] + 0.3 * x[:, 2:3] ** 2).astype("float32")
folder = tempfile.mkdtemp()


def make():
    model = tf.keras.Sequential([
        tf.keras.layers.Input((5,)),
        tf.keras.layers.Dense(32, activation="relu"),
        tf.keras.layers.Dense(1),
    ])
    lr = tf.keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.6)
    optimizer = tf.keras.optimizers.Adam(lr)
    optimizer.build(model.trainable_variables)
    return model, optimizer


def train(model, optimizer, epochs):
    for epoch in range(epochs):
        idx = rng.permutation(300)
        losses = []
        for i in range(0, 300, 30):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((model(x[idx[i:i + 30]], training=True) - y[idx[i:i + 30]]) ** 2)
            grads = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(grads, model.trainable_variables))
            losses.append(loss.numpy())
        print("step", int(optimizer.iterations), "loss", np.mean(losses))


model, optimizer = make()
train(model, optimizer, 6)
path = tf.train.Checkpoint(model=model, optimizer=optimizer).save(os.path.join(folder, "ckpt"))

# ---- next day: continue
print("resuming from", os.path.basename(path))
model, optimizer = make()
tf.train.Checkpoint(model=model, optimizer=optimizer).restore(path)
train(model, optimizer, 4)
