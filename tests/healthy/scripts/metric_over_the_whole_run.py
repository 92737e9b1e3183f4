"""One running average for the whole training, on purpose, and called so."""
import tensorflow as tf
import numpy as np

tf.random.set_seed(4)
np.random.seed(4)

a = np.random.randn(300, 2)
cls = (np.linalg.norm(a, axis=1) > 1.1).astype(int)

mlp = tf.keras.Sequential([
    tf.keras.Input((2,)),
    tf.keras.layers.Dense(20, activation="relu"),
    tf.keras.layers.Dense(20, activation="relu"),
    tf.keras.layers.Dense(2),
])
adam = tf.keras.optimizers.Adam(0.01)
xent = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
lifetime_loss = tf.keras.metrics.Mean(name="loss_since_start")

data = tf.data.Dataset.from_tensor_slices((a.astype("float32"), cls)).shuffle(300).batch(30)
seen = 0
for epoch in range(6):
    per_epoch = []
    for xb, yb in data:
        with tf.GradientTape() as tape:
            loss = xent(yb, mlp(xb, training=True))
        g = tape.gradient(loss, mlp.trainable_variables)
        adam.apply_gradients(zip(g, mlp.trainable_variables))
        per_epoch.append(loss.numpy())
        lifetime_loss.update_state(loss)
        seen += len(xb)
    print(f"epoch {epoch}: loss {np.mean(per_epoch):.4f}")

print(f"average loss over the whole run ({seen} samples seen): {lifetime_loss.result().numpy():.4f}")
