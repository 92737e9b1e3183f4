import numpy as np
import tensorflow as tf

rng = np.random.default_rng(3)
means = rng.normal(size=(3, 4)) * 1.2
target = rng.integers(0, 3, 300)
features = (means[target] + rng.normal(size=(300, 4)) * 0.8).astype("float32")

ds = tf.data.Dataset.from_tensor_slices((features, target)).shuffle(300, seed=3).batch(30)

model = tf.keras.Sequential([
    tf.keras.layers.Dense(10, activation="relu"),
    tf.keras.layers.Dense(3),
])
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(0.01)

epoch_accuracy = tf.keras.metrics.SparseCategoricalAccuracy()
accuracy_log = []

for epoch in range(8):
    for x, y in ds:
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            loss = loss_object(y, logits)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        epoch_accuracy.update_state(y, logits)
    accuracy_log.append(float(epoch_accuracy.result()))  # HERE
    print("Epoch {:02d}: Accuracy: {:.3%}".format(epoch, accuracy_log[-1]))
