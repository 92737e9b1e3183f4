import numpy as np
from tensorflow import keras

# first model: exponential decay over the whole run; second: cosine with warmup
np.random.seed(13)
X = np.random.uniform(-1, 1, size=(480, 4))
Y = X[:, 0] ** 2 + X[:, 1] * X[:, 2]
steps_per_epoch = 480 // 24
epochs = 10


def net():
    return keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])


lr1 = keras.optimizers.schedules.ExponentialDecay(0.01, decay_steps=steps_per_epoch * epochs, decay_rate=0.3)
lr2 = keras.optimizers.schedules.CosineDecay(
    0.001, decay_steps=steps_per_epoch * epochs, alpha=0.05, warmup_target=0.01, warmup_steps=steps_per_epoch)

for label, schedule in (("exponential", lr1), ("cosine", lr2)):
    m = net()
    m.compile(optimizer=keras.optimizers.Adam(learning_rate=schedule), loss="mse")
    hist = m.fit(X, Y, batch_size=24, epochs=epochs, verbose=0)
    print(label)
    print("   loss", [round(v, 4) for v in hist.history["loss"]])
    print("   last learning rate", float(schedule(m.optimizer.iterations)))
