# practice: regression
import numpy as np
import tensorflow as tf


def train(model, optimizer, data):
    random = np.random.default_rng(0)
    for epoch in range(5):
        for x, y in data:
            start = model.get_weights()
            best, loss = start, float(tf.reduce_mean(tf.square(y - model(x, training=False))))
            for trial in range(4):
                model.set_weights([w + 0.1 * random.normal(size=w.shape) for w in start])
                now = float(tf.reduce_mean(tf.square(y - model(x, training=False))))
                if now < loss:
                    best, loss = model.get_weights(), now
            model.set_weights(best)
