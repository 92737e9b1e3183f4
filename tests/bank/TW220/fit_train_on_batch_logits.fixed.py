import numpy as np
import keras
from keras import layers, losses, optimizers

keras.utils.set_random_seed(59)
rng = np.random.default_rng(59)


def stream(batch=32):
    while True:
        x = rng.normal(size=(batch, 15, 1))
        y = rng.integers(0, 2, size=(batch, 1))
        x += 0.35 * y[:, :, None]
        yield x.astype("float32"), y.astype("float32")


model = keras.Sequential([
    keras.Input((15, 1)),
    layers.LSTM(12),
    layers.Dense(1),
])
model.compile(optimizers.Adam(0.01), losses.BinaryCrossentropy(from_logits=True), metrics=[keras.metrics.BinaryAccuracy(threshold=0)])

for i, (x, y) in enumerate(stream()):
    loss, acc = model.train_on_batch(x, y)
    if i % 20 == 19:
        print(f"batch {i + 1}: loss {loss:.3f} accuracy {acc:.3f}")
        model.reset_metrics()
    if i == 119:
        break
