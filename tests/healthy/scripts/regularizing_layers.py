import numpy as np
import keras
from keras.layers import (ActivityRegularization, Conv2D, Dense, Flatten, GaussianDropout, GaussianNoise, Input,
                          SpatialDropout2D, AlphaDropout)

keras.utils.set_random_seed(88)
patterns = np.random.uniform(0, 1, (4, 9, 9, 1))
lab = np.random.randint(0, 4, 400)
pix = (patterns[lab] + np.random.normal(0, 0.25, (400, 9, 9, 1))).astype("float32")

model = keras.Sequential([
    Input((9, 9, 1)),
    GaussianNoise(0.05),
    Conv2D(16, 3, activation="relu"),
    SpatialDropout2D(0.1),
    Flatten(),
    Dense(32, activation="relu"),
    GaussianDropout(0.1),
    ActivityRegularization(l2=1e-4),
    Dense(24, activation="selu", kernel_initializer="lecun_normal"),
    AlphaDropout(0.05),
    Dense(4, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(2e-3), loss=keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
model.fit(pix[:320], lab[:320], batch_size=16, epochs=7, verbose=2, validation_data=(pix[320:], lab[320:]))
