import tensorflow as tf
import numpy as np


class Config:
    epochs = 8
    batch = 40
    lr = 0.01


def build_pipeline(cfg):
    g = np.random.default_rng(31)
    x = g.normal(size=(400, 2)).astype(np.float32)
    r = np.sqrt((x ** 2).sum(1, keepdims=True))
    y = (r < 1.1).astype(np.float32)
    ds = tf.data.Dataset.from_tensor_slices((x, y))
    return ds.shuffle(400, seed=1).batch(cfg.batch, drop_remainder=True).prefetch(tf.data.AUTOTUNE)


def train(cfg):
    data = build_pipeline(cfg).as_numpy_iterator()  # HERE
    net = tf.keras.Sequential([
        tf.keras.Input((2,)),
        tf.keras.layers.Dense(32, activation="relu"),
        tf.keras.layers.Dense(32, activation="relu"),
        tf.keras.layers.Dense(1),
    ])
    opt = tf.keras.optimizers.Adam(cfg.lr)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            logit = net(x, training=True)
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logit))
        grads = tape.gradient(loss, net.trainable_variables)
        opt.apply_gradients(zip(grads, net.trainable_variables))
        return loss

    for epoch in range(cfg.epochs):
        losses = [float(step(x, y)) for x, y in data]  # HERE
        if losses:
            print(f"epoch {epoch}: {sum(losses) / len(losses):.4f}")
        else:
            print(f"epoch {epoch}: -")


train(Config)
