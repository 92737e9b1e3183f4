import keras
import numpy as np
import tensorflow as tf
from keras import layers

keras.utils.set_random_seed(19)

x = np.random.randn(300, 10).astype("float32")
soft = 1 / (1 + np.exp(-(x[:, :1] * 2 - x[:, 1:2])))
hard = (soft > 0.5).astype("float32")
soft = soft.astype("float32")

student = keras.Sequential([keras.Input((10,)), layers.Dense(16, activation="relu"),
                            layers.Dense(1, activation="sigmoid")])
bce = keras.losses.BinaryCrossentropy()
sgd = keras.optimizers.SGD(0.3, momentum=0.9)


@tf.function
def distill(xb, teacher, label, alpha):  # HERE
    with tf.GradientTape() as tape:
        p = student(xb, training=True)
        loss = alpha * bce(teacher, p) + (1.0 - alpha) * bce(label, p)
    grads = tape.gradient(loss, student.trainable_variables)
    sgd.apply_gradients(zip(grads, student.trainable_variables))
    return loss


steps = 24
for i in range(steps):
    rows = np.random.choice(300, 100, replace=False)
    alpha = 1.0 - i / steps
    loss = distill(x[rows], soft[rows], hard[rows], alpha)  # HERE
    if i % 6 == 0:
        print(f"step {i:3d}  alpha {alpha:.2f}  loss {loss:.4f}")

acc = np.mean((student(x).numpy() > 0.5) == (hard > 0.5))
print("accuracy", acc)
