import numpy as np
import tensorflow as tf

# batch of 8 with a lively learning rate: jumps around, but gets there
np.random.seed(99)
tf.random.set_seed(99)
X = np.random.randn(320, 10).astype("float32")
w = np.random.randn(10, 1).astype("float32")
y = X @ w + np.random.randn(320, 1).astype("float32") * 0.8

model = tf.keras.Sequential([tf.keras.Input((10,)), tf.keras.layers.Dense(16, activation="relu"),
                             tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.SGD(0.02)
mse = tf.keras.losses.MeanSquaredError()


@tf.function
def step(a, b):
    with tf.GradientTape() as tape:
        pred = model(a, training=True)
        loss = mse(b, pred)
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


batches = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(320).batch(8)
it = 0
smooth = None
for epoch in range(10):
    for a, b in batches:
        l = float(step(a, b))
        smooth = l if smooth is None else 0.95 * smooth + 0.05 * l
        if it % 50 == 0:
            print("iter", it, "batch loss %.3f" % l, "smoothed %.3f" % smooth)
        it += 1
print("full data mse", float(mse(y, model(X))))
