import numpy as np
import tensorflow as tf

rng = np.random.RandomState(3)
tf.random.set_seed(3)

N = 300
signals = rng.randn(N, 5).astype(np.float32)
coef = np.array([0.8, -0.5, 0.3, 0.0, 0.4], np.float32)
returns = (signals @ coef + 0.2 * rng.randn(N)).astype(np.float32)[:, None]

model = tf.keras.models.Sequential([
    tf.keras.layers.Dense(24, activation='relu'),
    tf.keras.layers.Dense(24, activation='relu'),
    tf.keras.layers.Dense(1, activation='relu'),  # HERE
])
optimizer = tf.keras.optimizers.Adam(learning_rate=0.005)
loss_fn = tf.keras.losses.MeanSquaredError()

for epoch in range(10):
    shuffled = rng.permutation(N)
    for i in range(0, N, 20):
        j = shuffled[i:i + 20]
        with tf.GradientTape() as tape:
            loss_value = loss_fn(returns[j], model(signals[j], training=True))
        grads = tape.gradient(loss_value, model.trainable_weights)
        optimizer.apply_gradients(zip(grads, model.trainable_weights))
    full = loss_fn(returns, model(signals)).numpy()
    print('after epoch', epoch, 'mse on all data:', round(float(full), 4))
