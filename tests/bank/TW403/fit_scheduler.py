import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.callbacks import LearningRateScheduler

keras.utils.set_random_seed(21)
EPOCHS = 6
initial_lr = 0.02


def poly_decay(epoch, lr):
    # linear decay over the whole training
    return float(initial_lr * (1 // EPOCHS) * (EPOCHS - epoch))  # HERE


x = np.random.normal(size=(450, 8)).astype("float32")
labels = (x[:, 0] * x[:, 1] > 0).astype("int32") + 2 * (x[:, 2] > 0).astype("int32")
onehot = keras.utils.to_categorical(labels, 4)

model = keras.Sequential(
    [
        layers.Input((8,)),
        layers.Dense(48, activation="relu"),
        layers.Dense(48, activation="relu"),
        layers.Dense(4, activation="softmax"),
    ]
)
model.compile(optimizer=keras.optimizers.Adam(initial_lr), loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(
    x,
    onehot,
    batch_size=25,
    epochs=EPOCHS,
    validation_split=0.15,
    callbacks=[LearningRateScheduler(poly_decay)],
    verbose=2,
)
