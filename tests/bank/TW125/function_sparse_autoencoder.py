from tensorflow.keras import layers, regularizers
import tensorflow as tf
import numpy as np

rng = np.random.default_rng(14)
atoms = rng.normal(size=(12, 24)) / 2
codes = rng.random((500, 12)) * (rng.random((500, 12)) < 0.2)
X = (codes @ atoms).astype("float32")

inputs = tf.keras.Input(shape=(24,))
encoded = layers.Dense(32, activation="relu", activity_regularizer=regularizers.l1(1e-3))(inputs)
decoded = layers.Dense(24)(encoded)
autoencoder = tf.keras.Model(inputs, decoded)
encoder = tf.keras.Model(inputs, encoded)
opt = tf.keras.optimizers.Adam(0.005)


@tf.function
def train_step(batch):
    with tf.GradientTape() as tape:
        restored = autoencoder(batch, training=True)
        recon = tf.reduce_mean(tf.reduce_sum((restored - batch) ** 2, axis=1))  # HERE
    grads = tape.gradient(recon, autoencoder.trainable_variables)  # HERE
    opt.apply_gradients(zip(grads, autoencoder.trainable_variables))
    return recon


for epoch in range(15):
    rng.shuffle(X)
    recs = [train_step(tf.constant(X[i:i + 50])).numpy() for i in range(0, 500, 50)]
    if (epoch + 1) % 5 == 0:
        act = encoder(X).numpy()
        print(f"{epoch + 1:3d} recon={np.mean(recs):.4f} mean activation={act.mean():.4f}")
