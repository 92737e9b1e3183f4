import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(27)
rng = np.random.default_rng(27)
x = rng.normal(size=(400, 10)).astype("float32")
y = (x[:, :3].sum(1) + x[:, 3] * x[:, 4] > 0).astype("float32")
x_train, x_val, y_train, y_val = x[:320], x[320:], y[:320], y[320:]

model = keras.Sequential([
    layers.Input((10,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])

best = 0
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
for epoch in range(6):
    h = model.fit(x_train, y_train, batch_size=16, epochs=1, verbose=0)
    val_loss, val_acc = model.evaluate(x_val, y_val, verbose=0)
    best = max(best, val_acc)
    print("epoch %d loss %.4f val_acc %.3f iterations %d"
          % (epoch, h.history["loss"][0], val_acc, int(model.optimizer.iterations)))
print("best", best)
