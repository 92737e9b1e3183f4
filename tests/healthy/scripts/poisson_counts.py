import keras
import numpy as np

# goals per match: Poisson loss, exponential output
rng = np.random.default_rng(58)
strength = rng.normal(0, 1, (600, 3)).astype("float32")
rate = np.exp(0.3 + 0.4 * strength[:, 0] - 0.3 * strength[:, 1])
goals = rng.poisson(rate).astype("float32")[:, None]

model = keras.Sequential()
model.add(keras.layers.Input((3,)))
model.add(keras.layers.Dense(12, activation="tanh"))
model.add(keras.layers.Dense(1, activation="exponential"))
model.compile(loss=keras.losses.Poisson(), optimizer=keras.optimizers.Adam(0.01), metrics=["mae"])
h = model.fit(strength[:500], goals[:500], epochs=10, batch_size=20, verbose=0,
              validation_data=(strength[500:], goals[500:]))
for i, (l, v) in enumerate(zip(h.history["loss"], h.history["val_loss"])):
    print(f"epoch {i + 1}: poisson loss {l:.4f}  val {v:.4f}")
pred = model.predict(strength[500:], verbose=0)
print("correlation with the true rate", np.corrcoef(pred[:, 0], rate[500:])[0, 1])
