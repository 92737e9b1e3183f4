import numpy as np
import tensorflow as tf
import keras
from keras import layers, losses, optimizers

rng = np.random.default_rng(2)


def build_features(clicks, views, age):
    rate = clicks / np.maximum(views, 1)
    return np.column_stack([rate, age / 50.0, np.log1p(views) / 3.0]).astype("float32")


views = rng.poisson(4, 300)
clicks = rng.binomial(views, 0.4)
age = rng.uniform(18, 70, 300)
bought = (np.where(views > 0, clicks / np.maximum(views, 1), 0) + age / 100 + rng.normal(0, 0.05, 300) > 0.8)
y = bought.astype("int64")
with np.errstate(all="ignore"):
    x = build_features(clicks, views, age)

model = keras.Sequential([layers.Input((3,)), layers.Dense(20, activation="relu"), layers.Dense(2)])
loss_fn = losses.SparseCategoricalCrossentropy(from_logits=True)
opt = optimizers.Adam(0.02)

for epoch in range(6):
    perm = rng.permutation(300)
    running = []
    for b in np.split(perm, 10):
        with tf.GradientTape() as t:
            out = model(x[b], training=True)
            loss = loss_fn(y[b], out)
        opt.apply_gradients(zip(t.gradient(loss, model.trainable_variables), model.trainable_variables))
        running.append(float(loss))
    print("epoch", epoch, "loss", sum(running) / len(running))
