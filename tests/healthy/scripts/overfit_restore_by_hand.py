import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(3)
X = np.random.normal(size=(160, 30)).astype("float32")
y = (X[:, :1] + np.random.normal(size=(160, 1)) > 0).astype("float32")
x_train, y_train, x_val, y_val = X[:100], y[:100], X[100:], y[100:]
model = tf.keras.Sequential([tf.keras.layers.Dense(128, "relu"), tf.keras.layers.Dense(1)])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
opt = tf.keras.optimizers.Adam(0.01)
best_loss, best_weights = np.inf, None
for epoch in range(20):
    losses = []
    for i in range(0, 100, 20):
        with tf.GradientTape() as tape:
            loss = bce(y_train[i : i + 20], model(x_train[i : i + 20], training=True))
        opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        losses.append(float(loss))
    val_loss = float(bce(y_val, model(x_val, training=False)))
    if val_loss < best_loss:
        best_loss, best_weights = val_loss, model.get_weights()
    print(epoch, np.mean(losses), val_loss)
model.set_weights(best_weights)
print("kept", best_loss)
