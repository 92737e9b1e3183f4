import keras
import numpy as np
from keras import layers as L

# every merge layer once
keras.utils.set_random_seed(303)
a = np.random.randn(400, 4).astype("float32")
b = np.random.randn(400, 4).astype("float32")
y = (np.maximum(a, b).sum(1) - (a * b).mean(1)).astype("float32")

ia, ib = L.Input((4,)), L.Input((4,))
pa, pb = L.Dense(8, activation="relu")(ia), L.Dense(8, activation="relu")(ib)
parts = [
    L.Add()([pa, pb]),
    L.Subtract()([pa, pb]),
    L.Multiply()([ia, ib]),
    L.Average()([pa, pb]),
    L.Maximum()([ia, ib]),
    L.Minimum()([pa, pb]),
    L.Dot(axes=1, normalize=True)([ia, ib]),
]
h = L.Concatenate()(parts)
h = L.Dense(24, activation="relu")(h)
o = L.Dense(1, name="score")(h)
model = keras.Model(inputs=[ia, ib], outputs=o)
model.compile(optimizer="adam", loss="mse")
model.fit((a, b), y, epochs=10, batch_size=16, verbose=0,
          callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=lambda e, logs: print(e, logs["loss"]))])
