# crashes
import tensorflow as tf
import numpy as np


class WineQuality(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.norm = tf.keras.layers.Normalization()  # HERE
        self.d1 = tf.keras.layers.Dense(32, activation="tanh")
        self.d2 = tf.keras.layers.Dense(3)

    def call(self, x):
        return self.d2(self.d1(self.norm(x)))  # HERE


tf.random.set_seed(90)
rng = np.random.default_rng(90)
alcohol = rng.normal(10.5, 1.0, 450)
sulphates = rng.normal(120, 40, 450)
sugar = rng.normal(500, 150, 450)
quality = np.digitize((alcohol - 10.5) - (sulphates - 120) / 60 + (sugar - 500) / 200, [-0.6, 0.6])
X = np.c_[alcohol, sulphates, sugar].astype("float32")

model = WineQuality()
train = tf.data.Dataset.from_tensor_slices((X[:360], quality[:360])).shuffle(360).batch(30)
ce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
opt = tf.keras.optimizers.Adam(0.01)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = ce(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(8):
    loss = tf.reduce_mean([step(x, y) for x, y in train])
    acc = np.mean(model(X[360:]).numpy().argmax(1) == quality[360:])
    print("epoch", epoch, "loss %.4f" % loss.numpy(), "test acc %.3f" % acc)
