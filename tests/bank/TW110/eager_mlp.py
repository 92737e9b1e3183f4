# crashes
import tensorflow as tf
import numpy as np

tf.random.set_seed(0)
np.random.seed(0)
X = np.random.randn(300, 6).astype('float32')
y = (X[:, 0] > X[:, 1]).astype('float32').reshape(-1, 1)

model = tf.keras.Sequential([
    tf.keras.layers.Dense(16, activation='relu'),
    tf.keras.layers.Dense(1)
])
trainable = model.trainable_variables  # HERE
optimizer = tf.keras.optimizers.SGD(learning_rate=0.2)
loss_fn = tf.keras.losses.BinaryCrossentropy(from_logits=True)

for epoch in range(6):
    losses = []
    for i in np.split(np.random.permutation(300), 10):
        with tf.GradientTape() as tape:
            loss = loss_fn(y[i], model(X[i]))
        grads = tape.gradient(loss, trainable)
        optimizer.apply_gradients(zip(grads, trainable))
        losses.append(loss.numpy())
    print(epoch, np.mean(losses))
