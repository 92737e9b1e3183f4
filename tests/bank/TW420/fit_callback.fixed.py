import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.random.set_seed(81)
np.random.seed(81)


def scheduler(epoch):
    return 0.01 * np.exp(-0.1 * epoch)


ids = np.random.randint(0, 50, (400, 10))
weight = np.random.randn(50)
rating = weight[ids].sum(axis=1)
rating = ((rating - rating.mean()) / rating.std()).astype("float32")

model = tf.keras.Sequential([
    layers.Input((10,)),
    layers.Embedding(50, 8),
    layers.Flatten(),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
cb = tf.keras.callbacks.LearningRateScheduler(scheduler)
hist = model.fit(ids, rating, epochs=9, batch_size=20, callbacks=[cb], verbose=0)
for ep, (l, m) in enumerate(zip(hist.history["loss"], hist.history["mae"])):
    print(ep, "loss=%.4f mae=%.4f" % (l, m))
