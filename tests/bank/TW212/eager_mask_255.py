import numpy as np
import tensorflow as tf

tf.random.set_seed(99)
rng = np.random.default_rng(99)

# find the bright square: image -> mask (as saved in a png)
images = rng.normal(0, 0.3, size=(160, 12, 12, 1)).astype("float32")
masks = np.zeros((160, 12, 12, 1), dtype="uint8")
for im, m in zip(images, masks):
    r, c = rng.integers(0, 7, 2)
    im[r:r + 5, c:c + 5] += 1.2
    m[r:r + 5, c:c + 5] = 255

ds = tf.data.Dataset.from_tensor_slices((images, masks.astype("float32")))  # HERE
ds = ds.shuffle(160).batch(16)

segmenter = tf.keras.Sequential([
    tf.keras.layers.Conv2D(8, 3, padding="same", activation="relu"),
    tf.keras.layers.Conv2D(8, 3, padding="same", activation="relu"),
    tf.keras.layers.Conv2D(1, 1, activation="sigmoid"),
])
adam = tf.keras.optimizers.Adam(0.01)
bce = tf.keras.losses.BinaryCrossentropy()

for epoch in range(8):
    total = 0.0
    for im, m in ds:
        with tf.GradientTape() as tape:
            loss = bce(m, segmenter(im, training=True))  # HERE
        grads = tape.gradient(loss, segmenter.trainable_variables)
        adam.apply_gradients(zip(grads, segmenter.trainable_variables))
        total += loss.numpy()
    print("epoch", epoch, "loss", total / 10)
found = segmenter(images).numpy() > 0.5
print("pixels right", np.mean(found == (masks > 0)))
