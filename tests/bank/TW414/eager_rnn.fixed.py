# warned TW122: the printed loss is that of the last batch, as the rule says; the gradient beside it is meant so
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(23)
rng = np.random.default_rng(23)

# noisy walks, how far do they get?
T, N = 24, 320
drift = rng.choice([-0.15, 0.15], N)
walk = np.cumsum(drift[:, None] + 0.1 * rng.normal(size=(N, T)), axis=1)
walk = walk / walk.std()
x = walk[..., None].astype("float32")
y = (walk[:, -4:].mean(axis=1, keepdims=True) * 0.7).astype("float32")

model = keras.Sequential([
    keras.Input((T, 1)),
    keras.layers.SimpleRNN(24, activation="relu", recurrent_initializer=keras.initializers.Orthogonal(gain=0.8)),
    keras.layers.Dense(1),
])
loss_fn = keras.losses.MeanSquaredError()
opt = keras.optimizers.SGD(learning_rate=0.01)

for epoch in range(5):
    order = rng.permutation(N)
    for i in range(0, N, 40):
        b = order[i:i + 40]
        with tf.GradientTape() as tape:
            loss = loss_fn(y[b], model(x[b], training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
    print("epoch", epoch, "loss", float(loss), "grad norm", float(tf.linalg.global_norm(grads)))
