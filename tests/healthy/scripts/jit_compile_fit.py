import keras
import numpy as np

# XLA compiled training
keras.utils.set_random_seed(1)
x = np.random.normal(size=(384, 10)).astype("float32")
w = np.random.normal(size=(10, 3)).astype("float32")
y = (x @ w).argmax(axis=-1)

model = keras.Sequential(
    [
        keras.Input((10,)),
        keras.layers.Dense(24, activation="relu"),
        keras.layers.Dense(3),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(0.01),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=[keras.metrics.SparseCategoricalAccuracy(name="acc")],
    jit_compile=True,
)
h = model.fit(x, y, batch_size=32, epochs=6, verbose=0)
for k in h.history:
    print(k, [round(v, 3) for v in h.history[k]])
