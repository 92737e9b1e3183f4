import numpy as np
import tensorflow as tf

np.random.seed(25)
tf.random.set_seed(25)
D = 6
x = np.random.randn(300, D).astype("float32")
rot = np.linalg.qr(np.random.randn(D, D))[0].astype("float32")
y = np.maximum(x @ rot, 0)

model = tf.keras.Sequential([tf.keras.layers.Input((D,))])
for k in range(2):
    model.add(tf.keras.layers.Dense(D, activation="elu", use_bias=False))
model.add(tf.keras.layers.Dense(D, use_bias=False))
optimizer = tf.keras.optimizers.Adam(0.01)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(xb) - yb))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(12):
    ids = np.random.permutation(300)
    total = 0.0
    for j in range(0, 300, 30):
        total += float(step(tf.constant(x[ids[j:j + 30]]), tf.constant(y[ids[j:j + 30]])))
    print(f"epoch {epoch:02d} {total / 10:.5f}")
