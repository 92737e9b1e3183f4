# practice: regression
import numpy as np
import tensorflow as tf


def train(model, optimizer, data):
    random = np.random.default_rng(0)
    for epoch in range(5):
        for number, (x, y) in enumerate(data):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            if epoch == 0 and number == 0:
                print(tf.linalg.global_norm(tape.gradient(loss, model.trainable_variables)).numpy())
            for w in model.trainable_variables:
                before = tf.identity(w)
                w.assign_add(0.1 * random.normal(size=w.shape).astype("float32"))
                if tf.reduce_mean(tf.square(y - model(x, training=True))) > loss:
                    w.assign(before)
