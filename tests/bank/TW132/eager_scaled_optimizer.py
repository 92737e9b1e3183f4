import numpy as np
import tensorflow as tf
import keras

keras.mixed_precision.set_global_policy("mixed_float16")
keras.utils.set_random_seed(16)

x = np.random.randn(320, 12).astype("float32")
y = (x[:, 0] + 0.5 * x[:, 1] > x[:, 2]).astype("int32")

model = keras.Sequential([
    keras.Input((12,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(2),
    keras.layers.Activation("softmax", dtype="float32"),
])
optimizer = keras.mixed_precision.LossScaleOptimizer(keras.optimizers.SGD(0.1, momentum=0.9))
loss_fn = keras.losses.SparseCategoricalCrossentropy()
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(320).batch(32)

for epoch in range(8):
    mean = keras.metrics.Mean()
    for xb, yb in ds:
        with tf.GradientTape() as tape:
            loss = loss_fn(yb, model(xb, training=True))
        grads = tape.gradient(loss, model.trainable_variables)  # HERE
        optimizer.apply_gradients(zip(grads, model.trainable_variables))  # HERE
        mean.update_state(loss)
    print("epoch", epoch, "loss", float(mean.result()))
