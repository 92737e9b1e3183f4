import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
x = rng.normal(size=(400, 6)).astype("float32")
y = (x[:, 0] > x[:, 1]).astype("int64")
x_train, y_train, x_rest, y_rest = x[:300], y[:300], x[300:], y[300:]
model = tf.keras.Sequential([tf.keras.layers.Dense(16, "relu"), tf.keras.layers.Dense(2)])
opt = tf.keras.optimizers.Adam(0.01)
ce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def test(inputs, labels):
    logits = model(inputs, training=False)
    return np.mean(np.argmax(logits, 1) == labels)


for epoch in range(6):
    for i in range(0, 300, 30):
        with tf.GradientTape() as tape:
            loss = ce(y_train[i : i + 30], model(x_train[i : i + 30], training=True))
        opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    print(epoch, "train", test(x_train, y_train), "rest", test(x_rest, y_rest))
