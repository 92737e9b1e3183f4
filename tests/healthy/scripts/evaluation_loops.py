"""Train with a loop; evaluate with a loop, dropout off, metrics reset."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(55)
centers = np.random.randn(4, 7) * 1.3
y = np.random.randint(0, 4, 600)
x = (centers[y] + np.random.randn(600, 7)).astype("float32")
train = tf.data.Dataset.from_tensor_slices((x[:450], y[:450])).shuffle(450).batch(45)
test = tf.data.Dataset.from_tensor_slices((x[450:], y[450:])).batch(50)

model = keras.Sequential([
    keras.Input((7,)),
    keras.layers.Dense(32), keras.layers.BatchNormalization(), keras.layers.Activation("relu"),
    keras.layers.Dropout(0.2),
    keras.layers.Dense(4, activation="softmax"),
])
opt = keras.optimizers.Adam(0.01)
loss_fn = keras.losses.SparseCategoricalCrossentropy()


def evaluate(dataset):
    accuracy, mean_loss = keras.metrics.SparseCategoricalAccuracy(), keras.metrics.Mean()
    for xb, yb in dataset:
        p = model(xb, training=False)
        accuracy.update_state(yb, p)
        mean_loss.update_state(loss_fn(yb, p), sample_weight=len(yb))
    return float(mean_loss.result()), float(accuracy.result())


for epoch in range(5):
    for xb, yb in train:
        with tf.GradientTape() as tape:
            loss = loss_fn(yb, model(xb, training=True))
        grads = tape.gradient(loss, model.trainable_weights)
        opt.apply_gradients(zip(grads, model.trainable_weights))
    print("epoch", epoch, "train: loss %.3f acc %.3f" % evaluate(train), "| test: loss %.3f acc %.3f" % evaluate(test))
