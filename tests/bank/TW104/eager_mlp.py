# crashes
import numpy as np
import tensorflow as tf

tf.random.set_seed(2)
np.random.seed(2)

X = np.random.randn(300, 5).astype(np.float32)
Y = (X[:, :1] ** 2 - X[:, 1:2] + 0.3).astype(np.float32)

model = tf.keras.models.Sequential([
    tf.keras.layers.Input((5,)),
    tf.keras.layers.Dense(32, activation='relu'),
    tf.keras.layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(0.01)


def train_on_one_batch(x, y):
    with tf.GradientTape() as tape:
        output = model(x).numpy()  # HERE
        loss = tf.reduce_mean((y - output) ** 2)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(6):
    p = np.random.permutation(300)
    losses = []
    for i in range(0, 300, 30):
        losses.append(float(train_on_one_batch(X[p[i:i + 30]], Y[p[i:i + 30]])))
    print('epoch', epoch, 'loss', sum(losses) / len(losses))
