import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(27)
gen = np.random.default_rng(27)
student = gen.normal(size=(400, 4)).astype("float32")   # hours, sleep, attendance, previous mark
passed = (student @ np.array([1.0, 0.4, 0.8, 1.2]) + 0.3 * gen.normal(size=400) > 0.2).astype("float32")[:, None]

model = keras.Sequential([
    keras.layers.Dense(12, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
sgd = keras.optimizers.SGD(0.1)
criterion = keras.losses.BinaryCrossentropy()
accuracy = keras.metrics.BinaryAccuracy()

dataset = tf.data.Dataset.from_tensor_slices((student, passed)).shuffle(400, seed=1).batch(20)
for epoch in range(8):
    accuracy.reset_state()
    loss_sum = 0.0
    for features, target in dataset:
        with tf.GradientTape() as tape:
            p = model(features, training=True)
            loss = criterion(target, p)
        grads = tape.gradient(loss, model.trainable_variables)
        sgd.apply_gradients(zip(grads, model.trainable_variables))
        accuracy.update_state(target, p)
        loss_sum += float(loss)
    print(f"Epoch {epoch + 1}: loss={loss_sum / 20:.4f} acc={float(accuracy.result()):.3f}")
