"""One-hot labels, label smoothing, logits. The loss floor is above zero by design."""
import keras
import numpy as np

keras.utils.set_random_seed(200)
C = 4
proto = np.random.randn(C, 12)
cls = np.random.randint(0, C, 480)
X = (proto[cls] + 0.6 * np.random.randn(480, 12)).astype("float32")
Y = keras.utils.to_categorical(cls, C)

net = keras.Sequential(name="smooth")
net.add(keras.Input((12,)))
net.add(keras.layers.Dense(32, activation="silu"))
net.add(keras.layers.Dense(C, name="logits"))
net.compile(
    optimizer="adam",
    loss=keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1),
    metrics=["categorical_accuracy"],
)
net.fit(X[:400], Y[:400], batch_size=16, epochs=8, validation_data=(X[400:], Y[400:]), verbose=2)
smooth = 0.1 / C
floor = -((1 - 0.1 + smooth) * np.log(1 - 0.1 + smooth) + (C - 1) * smooth * np.log(smooth))
print("lowest possible loss:", floor)
