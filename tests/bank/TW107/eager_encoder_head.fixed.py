import tensorflow as tf
import numpy as np

np.random.seed(8)
tf.random.set_seed(8)
x = np.random.randn(320, 10).astype("float32")
y = (np.sum(x[:, :3] ** 2, axis=1) > 2.5).astype("float32")[:, None]

encoder = tf.keras.Sequential([tf.keras.Input((10,)),
                               tf.keras.layers.Dense(32, activation="relu"),
                               tf.keras.layers.Dense(8, activation="relu")])
classifier = tf.keras.Sequential([tf.keras.Input((8,)), tf.keras.layers.Dense(1)])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
opt = tf.keras.optimizers.Adam(0.01)
all_vars = encoder.trainable_variables + classifier.trainable_variables

for epoch in range(8):
    perm = np.random.permutation(len(x))
    loss_sum = 0.0
    for k in range(0, len(x), 40):
        xb, yb = x[perm[k:k + 40]], y[perm[k:k + 40]]
        with tf.GradientTape() as tape:
            features = encoder(xb, training=True)
            logits = classifier(features, training=True)
            loss = bce(yb, logits)
        grads = tape.gradient(loss, all_vars)
        opt.apply_gradients(zip(grads, all_vars))
        loss_sum += float(loss)
    print(f"epoch {epoch}: {loss_sum / 8:.4f}")
