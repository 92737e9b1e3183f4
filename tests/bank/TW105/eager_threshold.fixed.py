# small logistic classifier with hand written updates
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(42)
x = rng.randn(250, 3).astype("float32")
t = (x @ np.array([[1.0], [-2.0], [0.7]], dtype="float32") > 0).astype("float32")

w = tf.Variable(0.1 * rng.randn(3, 1).astype("float32"))
b = tf.Variable([0.0])
params = [w, b]

for i in range(60):
    with tf.GradientTape() as tape:
        p = tf.sigmoid(tf.matmul(x, w) + b)
        cost = tf.reduce_mean(tf.keras.losses.binary_crossentropy(t, p))
    for v, g in zip(params, tape.gradient(cost, params)):
        if g is not None:
            v.assign_sub(2.0 * g)
    if i % 15 == 0:
        print("iteration", i, "cost", cost.numpy())
print("final cost", cost.numpy())
