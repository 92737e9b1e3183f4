import numpy as np
import tensorflow as tf

np.random.seed(14)
tf.random.set_seed(14)
# number of bikes rented in an hour (in tens), must be a whole number
weather = np.random.rand(300, 6).astype("float32")
bikes = np.round(6 * weather[:, :1] + 3 * weather[:, 1:2] * weather[:, 2:3]).astype("float32")

model = tf.keras.Sequential([
    tf.keras.layers.InputLayer(shape=(6,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1),
])
optimizer = tf.keras.optimizers.Adam(learning_rate=0.02)
loss_fn = tf.keras.losses.MeanSquaredError()

for epoch in range(7):
    losses = []
    for ids in np.array_split(np.random.permutation(300), 10):
        with tf.GradientTape() as tape:
            pred = model(weather[ids], training=True)
            loss = loss_fn(bikes[ids], pred)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        losses.append(loss.numpy())
    print("epoch", epoch, np.mean(losses))
