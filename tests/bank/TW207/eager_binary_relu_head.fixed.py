import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(100)

rng = np.random.default_rng(100)
theta = rng.uniform(0, 2 * np.pi, 400)
inside = rng.random(400) < 0.5
r = np.where(inside, rng.uniform(0, 0.7, 400), rng.uniform(1.0, 1.6, 400))
pts = np.c_[r * np.cos(theta), r * np.sin(theta)].astype("float32")
lab = inside.astype("float32").reshape(-1, 1)

layers = [
    keras.layers.Dense(20, activation="relu"),
    keras.layers.Dense(20, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
]
circle = keras.Sequential(layers)
opt = keras.optimizers.SGD(learning_rate=0.2, momentum=0.5)
loss_fn = keras.losses.BinaryCrossentropy()

history = []
for epoch in range(10):
    order = rng.permutation(400)
    for lo in range(0, 400, 20):
        take = order[lo:lo + 20]
        with tf.GradientTape() as tape:
            loss = loss_fn(lab[take], circle(pts[take], training=True))
        grads = tape.gradient(loss, circle.trainable_weights)
        opt.apply_gradients(zip(grads, circle.trainable_weights))
        history.append(float(loss))
    print("epoch", epoch + 1, "mean loss", sum(history[-20:]) / 20)
print("accuracy", float(np.mean((np.array(circle(pts)) > 0.5) == (lab > 0.5))))
