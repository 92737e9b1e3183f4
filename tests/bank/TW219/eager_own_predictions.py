import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(74)
rng = np.random.default_rng(74)
centers = 1.5 * rng.normal(size=(4, 10))
labels = rng.integers(0, 4, 360)
points = (centers[labels] + rng.normal(size=(360, 10))).astype("float32")
train = tf.data.Dataset.from_tensor_slices((points, labels)).shuffle(360).batch(30)

classifier = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(4)])
opt = keras.optimizers.Adam(0.005)
scce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
acc = keras.metrics.SparseCategoricalAccuracy()

for epoch in range(6):
    acc.reset_state()
    losses = []
    for x, y in train:
        with tf.GradientTape() as tape:
            logits = classifier(x, training=True)
            y_hat = tf.argmax(logits, axis=-1)
            loss = scce(y_hat, logits)  # HERE
        grads = tape.gradient(loss, classifier.trainable_variables)
        opt.apply_gradients(zip(grads, classifier.trainable_variables))
        acc.update_state(y, logits)
        losses.append(float(loss))
    print("Epoch", epoch + 1, "loss", np.mean(losses), "accuracy", float(acc.result()))
