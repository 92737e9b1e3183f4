import tensorflow as tf
import numpy as np
from tensorflow.keras.layers import Dense, Input

np.random.seed(21)
tf.random.set_seed(21)
X = np.random.randn(320, 6).astype("float32")
y = np.tanh(X[:, :1] - X[:, 1:2]).astype("float32")

model = tf.keras.Sequential([Input((6,)), Dense(16, activation="relu"), Dense(1)])
loss_fn = tf.keras.losses.MeanSquaredError()


def train_step(xb, yb):
    optimizer = tf.keras.optimizers.SGD(learning_rate=0.02, momentum=0.9)  # HERE
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, model(xb, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(6):
    batches = np.array_split(np.random.permutation(320), 10)
    print("epoch", epoch, "loss", np.mean([train_step(X[b], y[b]).numpy() for b in batches]))
