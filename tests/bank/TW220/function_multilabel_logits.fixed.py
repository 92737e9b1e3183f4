import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(48)
x = np.random.normal(size=(500, 10)).astype("float32")
y = (x @ np.random.normal(size=(10, 4)) + 1.5 * np.random.normal(size=(500, 4)) > 0).astype("float32")


def batches():
    order = np.random.permutation(500)
    for rows in np.array_split(order, 20):
        yield tf.constant(x[rows]), tf.constant(y[rows])


model = keras.Sequential([keras.layers.Dense(24, activation="swish"), keras.layers.Dense(4)])
loss_fn = keras.losses.BinaryCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(0.005)
accuracy = keras.metrics.BinaryAccuracy(name="acc", threshold=0.0)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        z = model(xb, training=True)
        loss = loss_fn(yb, z)
    g = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(g, model.trainable_variables))
    accuracy.update_state(yb, z)
    return loss


for epoch in range(6):
    accuracy.reset_state()
    losses = [step(xb, yb).numpy() for xb, yb in batches()]
    print(f"epoch {epoch}: loss {np.mean(losses):.3f}, {accuracy.name} {float(accuracy.result()):.3f}")
print("share right at 0:", np.mean((model(x).numpy() > 0) == (y > 0)))
