import tensorflow as tf
import numpy as np

model = tf.keras.Sequential([
    tf.keras.layers.Dense(8, activation='relu'),
    tf.keras.layers.Dense(3),
])
opt = tf.keras.optimizers.Adam(1e-2)
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
X = np.random.randn(150, 4).astype('float32')
y = np.random.randint(0, 3, 150)
X[:, 0] += y
model.build((None, 4))
params = model.trainable_variables

for epoch in range(5):
    for k in range(0, 150, 30):
        with tf.GradientTape() as tape:
            loss = loss_fn(y[k:k+30], model(X[k:k+30]))
        grads = tape.gradient(loss, params)
        opt.apply_gradients(zip(grads, params))
    print(epoch, loss_fn(y, model(X)).numpy())
