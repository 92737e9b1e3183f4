import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)


def fake_mnist(n):
    y = rng.integers(0, 3, n)
    level = np.array([95, 128, 161])[y]                       # mean grey value of the three classes
    img = level[:, None, None] + rng.normal(0, 14, (n, 8, 8))
    return img.round().clip(0, 255).astype("uint8"), y


images, labels = fake_mnist(300)
centered = (images - 128) / 64.0  # HERE
x = tf.constant(centered.reshape(300, 64), tf.float32)
y = tf.constant(labels)

model = tf.keras.Sequential([
    tf.keras.layers.Input((64,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(3, activation="softmax"),
])
cce = tf.keras.losses.SparseCategoricalCrossentropy()
opt = tf.keras.optimizers.SGD(0.05)
train_acc = tf.keras.metrics.SparseCategoricalAccuracy()

data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(300).batch(30)
print("input range", float(tf.reduce_min(x)), float(tf.reduce_max(x)))
for epoch in range(8):
    train_acc.reset_state()
    epoch_loss = tf.keras.metrics.Mean()
    for xb, yb in data:
        with tf.GradientTape() as tape:
            probs = model(xb, training=True)
            loss = cce(yb, probs)
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        epoch_loss(loss)
        train_acc(yb, probs)
    print(f"epoch {epoch} loss {epoch_loss.result():.4f} accuracy {train_acc.result():.3f}")
