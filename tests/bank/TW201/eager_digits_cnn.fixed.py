import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(7)


def make_digits(n, rng):
    """Tiny 8x8 'digits': a bar, a column, a cross and a box."""
    images = rng.normal(0.1, 0.15, size=(n, 8, 8, 1)).astype(np.float32)
    kinds = rng.integers(0, 4, size=n)
    for img, k in zip(images, kinds):
        r, c = rng.integers(1, 6, size=2)
        if k == 0:
            img[r, :, 0] += 1.0
        elif k == 1:
            img[:, c, 0] += 1.0
        elif k == 2:
            img[r, :, 0] += 0.8
            img[:, c, 0] += 0.8
        else:
            img[1:7, 1:7, 0] += 0.6
    return images, kinds.astype(np.int32)


rng = np.random.default_rng(0)
train_x, train_y = make_digits(384, rng)
test_x, test_y = make_digits(100, rng)

ds = tf.data.Dataset.from_tensor_slices((train_x, train_y)).shuffle(384).batch(32)

net = keras.Sequential(
    [
        keras.Input((8, 8, 1)),
        keras.layers.Conv2D(8, 3, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(4),
    ]
)
optimizer = keras.optimizers.Adam(learning_rate=3e-3)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

for epoch in range(5):
    total = 0.0
    for xb, yb in ds:
        with tf.GradientTape() as tape:
            out = net(xb, training=True)
            loss = loss_fn(yb, out)
        grads = tape.gradient(loss, net.trainable_variables)
        optimizer.apply_gradients(zip(grads, net.trainable_variables))
        total += float(loss)
    print(f"epoch {epoch + 1}: loss = {total / len(ds):.4f}")

pred = np.argmax(net(test_x, training=False), axis=1)
print("test accuracy:", (pred == test_y).mean())
