# minibatches by hand: a small autoencoder-free classifier for voice commands
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(27)


class VoiceModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = keras.layers.Conv1D(12, 3, activation="relu")
        self.pool = keras.layers.GlobalAveragePooling1D()
        self.out = keras.layers.Dense(3)

    def call(self, x):
        return self.out(self.pool(self.conv(x)))


def commands(n, rng):
    y = rng.integers(0, 3, n)
    t = np.arange(24)[None, :]
    phase = rng.uniform(0, 6.3, (n, 1))
    x = np.sin(t * np.array([0.4, 0.6, 0.8])[y][:, None] + phase) + rng.normal(0, 0.5, (n, 24))
    return x[..., None].astype("float32"), y


rng = np.random.default_rng(27)
x, y = commands(320, rng)
x_test, y_test = commands(100, rng)
model = VoiceModel()
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
adam = keras.optimizers.Adam(0.02)
size = 20
for epoch in range(8):
    loss_sum = 0.0
    for i in range(len(x) // size):
        xb = x[epoch:epoch + size]  # HERE
        yb = y[epoch:epoch + size]  # HERE
        with tf.GradientTape() as tape:
            loss = ce(yb, model(xb, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        adam.apply_gradients(zip(grads, model.trainable_variables))
        loss_sum += float(loss)
    acc = (model(x_test).numpy().argmax(-1) == y_test).mean()
    print("epoch", epoch, "loss", round(loss_sum / (len(x) // size), 3), "test acc", acc)
