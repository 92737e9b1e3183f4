import tensorflow as tf
import numpy as np
from tensorflow.keras import layers

# deep ensemble for uncertainty: K members trained together
K = 4
tf.random.set_seed(70)
rng = np.random.default_rng(70)
x = rng.uniform(-2, 2, (400, 1)).astype("float32")
y = (np.sin(2 * x) + rng.normal(0, 0.05, x.shape)).astype("float32")


class Member(tf.keras.Model):
    def __init__(self, kernel_init):
        super().__init__()
        self.h1 = layers.Dense(32, activation="tanh", kernel_initializer=kernel_init)
        self.h2 = layers.Dense(32, activation="tanh", kernel_initializer=kernel_init)
        self.mu = layers.Dense(1, kernel_initializer=kernel_init)

    def call(self, t):
        return self.mu(self.h2(self.h1(t)))


shared = tf.keras.initializers.GlorotNormal()  # HERE
members = [Member(shared) for _ in range(K)]  # HERE
for m in members:
    m(x[:1])
weights = [w for m in members for w in m.trainable_variables]
opt = tf.keras.optimizers.Adam(0.01)


@tf.function
def train_step(a, b):
    with tf.GradientTape() as tape:
        loss = tf.add_n([tf.reduce_mean(tf.square(m(a, training=True) - b)) for m in members]) / K
    grads = tape.gradient(loss, weights)
    opt.apply_gradients(zip(grads, weights))
    return loss


ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(400).batch(40)
for epoch in range(12):
    for a, b in ds:
        loss = train_step(a, b)
    if epoch % 4 == 3:
        print("epoch", epoch + 1, "loss", loss.numpy())
grid = np.linspace(-4, 4, 9, dtype="float32")[:, None]
print("disagreement", np.std([m(grid).numpy() for m in members], axis=0).ravel())
