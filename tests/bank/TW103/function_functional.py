# crashes
import tensorflow as tf
import numpy as np

np.random.seed(99)
price = np.random.randn(320, 5).astype("float32")
cat = np.random.randint(0, 6, size=(320,)).astype("int32")
effect = np.array([-1.0, -0.5, 0.0, 0.5, 1.0, 1.5], dtype="float32")
y = (0.5 * price[:, 0] - price[:, 1] + effect[cat])[:, None].astype("float32")

num_in = tf.keras.Input((5,), name="num")
cat_in = tf.keras.Input((), dtype="int32", name="cat")
emb = tf.keras.layers.Embedding(6, 4)(cat_in)
merged = tf.keras.layers.Concatenate()([num_in, emb])
z = tf.keras.layers.Dense(24, activation="relu")(merged)
out = tf.keras.layers.Dense(1)(z)
model = tf.keras.Model([num_in, cat_in], out)

opt = tf.keras.optimizers.Adam(0.01)
huber = tf.keras.losses.Huber()


@tf.function
def update(num, c, target):
    with tf.GradientTape() as tape:
        prediction = model([num, c], training=True)
    loss = huber(target, prediction)  # HERE
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((price, cat, y)).shuffle(320).batch(32)
for epoch in range(1, 9):
    losses = [update(a, b, c).numpy() for a, b, c in ds]
    print(f"Epoch {epoch:02d} - huber {np.mean(losses):.4f}")
