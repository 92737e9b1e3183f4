"""Train on clean and FGSM-perturbed inputs."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(25)
proto = np.random.randn(3, 20)
labels = np.random.randint(0, 3, 360)
data = (proto[labels] + 0.7 * np.random.randn(360, 20)).astype("float32")
model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(3)])
opt = keras.optimizers.Adam(0.005)
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
EPS = 0.1


def perturb(x, y):
    with tf.GradientTape() as tape:
        tape.watch(x)
        loss = ce(y, model(x, training=False))
    return x + EPS * tf.sign(tape.gradient(loss, x))


@tf.function
def train_step(x, y):
    x_adv = perturb(x, y)
    with tf.GradientTape() as tape:
        loss = 0.5 * ce(y, model(x, training=True)) + 0.5 * ce(y, model(x_adv, training=True))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


train = tf.data.Dataset.from_tensor_slices((data, labels)).shuffle(360).batch(24)
for epoch in range(6):
    mean_loss = tf.keras.metrics.Mean()
    for x, y in train:
        mean_loss(train_step(x, y))
    adv = perturb(tf.constant(data), labels)
    acc_adv = np.mean(np.argmax(model(adv), 1) == labels)
    print(f"epoch {epoch}: loss {mean_loss.result():.3f}, accuracy under attack {acc_adv:.3f}")
