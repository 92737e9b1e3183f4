import numpy as np
import keras

# one epoch per call of fit, so I can print what I want; same compiled model all the time
rng = np.random.default_rng(404)
X = rng.normal(size=(360, 6)).astype("float32")
y = np.where(X[:, 0] > 0, X[:, 1], -X[:, 1]).astype("float32")
X_val = rng.normal(size=(90, 6)).astype("float32")
y_val = np.where(X_val[:, 0] > 0, X_val[:, 1], -X_val[:, 1]).astype("float32")

model = keras.Sequential([
    keras.layers.Input((6,)),
    keras.layers.Dense(48, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(loss="mean_squared_error", optimizer=keras.optimizers.Adam(0.01))

best, best_weights = np.inf, None
for epoch in range(10):
    model.fit(X, y, epochs=1, batch_size=18, verbose=0)
    train_mse = model.evaluate(X, y, verbose=0)
    val_mse = model.evaluate(X_val, y_val, verbose=0)
    if val_mse < best:
        best, best_weights = val_mse, model.get_weights()
    print(f"Epoch {epoch:2d}: train {train_mse:.4f}  val {val_mse:.4f}")

model.set_weights(best_weights)
print("kept the best:", best)
