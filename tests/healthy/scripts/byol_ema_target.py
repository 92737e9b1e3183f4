import numpy as np
import tensorflow as tf

L = tf.keras.layers


def mlp(din, dout, name):
    return tf.keras.Sequential([L.Input((din,)), L.Dense(32), L.BatchNormalization(), L.ReLU(), L.Dense(dout)], name=name)


online, target, predictor = mlp(10, 8, "online"), mlp(10, 8, "target"), mlp(8, 8, "predictor")
for t, o in zip(target.weights, online.weights):
    t.assign(o)
opt = tf.keras.optimizers.SGD(0.05, momentum=0.9)
TAU = 0.98
data = np.random.default_rng(5).normal(size=(512, 10)).astype("float32")


def regression(p, z):
    p = tf.math.l2_normalize(p, -1)
    z = tf.math.l2_normalize(z, -1)
    return 2 - 2 * tf.reduce_mean(tf.reduce_sum(p * z, -1))


@tf.function
def step(x):
    v1 = x + tf.random.normal(tf.shape(x), stddev=0.2)
    v2 = x + tf.random.normal(tf.shape(x), stddev=0.2)
    z1 = tf.stop_gradient(target(v1, training=True))
    z2 = tf.stop_gradient(target(v2, training=True))
    variables = online.trainable_variables + predictor.trainable_variables
    with tf.GradientTape() as tape:
        p1 = predictor(online(v1, training=True), training=True)
        p2 = predictor(online(v2, training=True), training=True)
        loss = regression(p1, z2) + regression(p2, z1)
    opt.apply_gradients(zip(tape.gradient(loss, variables), variables))
    for t, o in zip(target.trainable_variables, online.trainable_variables):
        t.assign(TAU * t + (1 - TAU) * o)
    return loss


ds = tf.data.Dataset.from_tensor_slices(data).shuffle(512).batch(64)
for e in range(5):
    print(e, np.mean([float(step(x)) for x in ds]))
