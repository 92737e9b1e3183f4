import tensorflow as tf
import numpy as np

# two independent effects, fitted by hand
rng = np.random.default_rng(6)
dose = rng.normal(size=(180, 3)).astype(np.float32)
diet = rng.normal(size=(180, 3)).astype(np.float32)
response = dose @ np.float32([[2.0], [-1.0], [0.5]]) + diet @ np.float32([[-1.5], [0.3], [1.0]]) + 0.7

w_dose = tf.Variable(tf.zeros((3, 1)))
w_diet = tf.Variable(tf.zeros((3, 1)))
intercept = tf.Variable(tf.zeros(()))

for i in range(80):
    with tf.GradientTape() as tape:
        fitted = tf.matmul(dose, w_dose) + tf.matmul(diet, w_diet) + intercept
        residual = tf.reduce_mean(tf.square(response - fitted))
    g_dose, g_diet, g_int = tape.gradient(residual, [w_dose, w_diet, intercept])
    w_dose.assign_sub(0.1 * g_dose)
    w_diet.assign_sub(0.1 * g_diet)
    intercept.assign_sub(0.1 * g_int)
    if i % 20 == 0:
        print("iter", i, "residual", float(residual))
print("done", float(residual), w_dose.numpy().ravel(), w_diet.numpy().ravel())
