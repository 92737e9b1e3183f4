"""Find dents (always in the middle) on metal plates. Most plates are fine."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(23)
rng = np.random.default_rng(23)


def plates(n, share):
    bad = rng.random(n) < share
    img = rng.normal(0.0, 0.15, (n, 12, 12, 1))
    img[bad, 4:8, 4:8] += 0.1
    return img.astype("float32"), bad.astype("float32")[:, None]


images, bad = plates(500, 0.05)
print("dented:", int(bad.sum()), "of", len(bad))
model = keras.Sequential([
    keras.Input((12, 12, 1)),
    keras.layers.Conv2D(8, 4, strides=4, activation="relu"),
    keras.layers.Flatten(),
    keras.layers.Dense(1),
])
opt = keras.optimizers.Adam(0.01)
bce = keras.losses.BinaryCrossentropy(from_logits=True)
pos_weight = (len(bad) - bad.sum()) / bad.sum()

for epoch in range(8):
    losses = []
    for b in np.array_split(rng.permutation(len(images)), 16):
        with tf.GradientTape() as tape:
            out = model(images[b], training=True)
            loss = bce(bad[b], out, sample_weight=np.where(bad[b] > 0, pos_weight, 1.0))
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        losses.append(float(loss))
    pred = model(images, training=False).numpy() > 0
    acc = (pred == (bad > 0)).mean()
    print(f"epoch {epoch} loss {np.mean(losses):.4f} accuracy {acc:.3f} plates called dented {int(pred.sum())}")
