import numpy as np
import tensorflow as tf

tf.random.set_seed(0)
net = tf.keras.Sequential([
    tf.keras.Input((16, 16, 3)),
    tf.keras.layers.Conv2D(8, 3, activation="relu"),
    tf.keras.layers.Conv2D(8, 3, activation="relu"),
])
net.trainable = False
img = tf.Variable(tf.random.uniform((1, 16, 16, 3)))
for step in range(40):
    with tf.GradientTape() as tape:
        activation = tf.reduce_mean(net(img)[..., 3])
    g = tape.gradient(activation, img)
    g /= tf.math.reduce_std(g) + 1e-8
    img.assign_add(0.02 * g)
    img.assign(tf.clip_by_value(img, 0.0, 1.0))
    if step % 10 == 0:
        print(step, float(activation))
