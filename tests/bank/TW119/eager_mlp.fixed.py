import tensorflow as tf
import numpy as np

np.random.seed(66)
tf.random.set_seed(66)
# energy consumption of a building
X = np.random.randn(300, 5).astype("float32")
Y = (1.2 * X[:, :1] - 0.7 * X[:, 1:2] + 0.1 * np.random.randn(300, 1)).astype("float32")

model = tf.keras.Sequential([
    tf.keras.layers.Input((5,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1),
])
mse = tf.keras.losses.MeanSquaredError()
optimizer = tf.keras.optimizers.Adam(0.02)

for epoch in range(7):
    values = []
    for ids in np.array_split(np.random.permutation(300), 10):
        with tf.GradientTape() as tape:
            loss = mse(Y[ids], model(X[ids], training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        values.append(loss.numpy())
    print("epoch", epoch, "loss", np.mean(values))
print("prediction of the first row:", model(X[:1]).numpy(), "target:", Y[0])
