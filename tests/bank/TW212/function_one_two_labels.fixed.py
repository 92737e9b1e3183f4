import csv
import io

import numpy as np
import tensorflow as tf
from tensorflow import keras


def survey(seed=37):
    """A survey file: six answers, then 1 = no, 2 = yes."""
    rng = np.random.default_rng(seed)
    a = rng.normal(size=(400, 6))
    yes = a[:, 0] + a[:, 3] - a[:, 4] > 0
    f = io.StringIO()
    writer = csv.writer(f)
    for row, t in zip(a, yes):
        writer.writerow([f"{v:.4f}" for v in row] + [2 if t else 1])
    f.seek(0)
    return f


rows = np.array([[float(c) for c in r] for r in csv.reader(survey())], dtype=np.float32)
answers = rows[:, :6]
target = rows[:, 6:] - 1.0

keras.utils.set_random_seed(37)
model = keras.Sequential([keras.layers.Dense(16, activation="gelu"), keras.layers.Dense(1)])
loss_fn = keras.losses.BinaryCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(0.01)


@tf.function
def step(x, t):
    with tf.GradientTape() as tape:
        loss = loss_fn(t, model(x, training=True))
    g = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(g, model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((answers, target)).shuffle(400).batch(25)
for epoch in range(6):
    print("epoch", epoch, "loss", np.mean([step(x, t).numpy() for x, t in ds]))
print("share answered yes:", np.mean(model(answers).numpy() > 0))
