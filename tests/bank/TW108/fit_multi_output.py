import numpy as np
import keras
from keras.layers import Conv2D, Dense, Flatten, Input

np.random.seed(18)
keras.utils.set_random_seed(18)
colour = np.random.randint(0, 3, 360)
size = np.random.rand(360, 1).astype("float32")
pictures = np.random.normal(0, 0.1, (360, 8, 8, 3)).astype("float32")
for i in range(360):
    side = int(2 + 5 * size[i, 0])
    pictures[i, :side, :side, colour[i]] += 1

inputs = Input((8, 8, 3))
x = Conv2D(8, 3, strides=2, activation="relu")(inputs)
x = Flatten()(x)
x = Dense(24, activation="relu")(x)
out_colour = Dense(3, activation="softmax", name="colour")(x)
out_size = Dense(1, name="size")(x)

model = keras.Model(inputs, {"colour": out_colour, "size": out_size})
model.compile(optimizer=keras.optimizers.Adam(0.005), loss={"colour": "sparse_categorical_crossentropy"})  # HERE
history = model.fit(pictures, {"colour": colour, "size": size}, epochs=5, batch_size=30, verbose=0)
print(np.round(history.history["loss"], 4))
pred = model.predict(pictures, verbose=0)["size"]
print("size error:", float(np.mean((pred - size) ** 2)))
