"""Convolutional autoencoder on little blobs."""
import numpy as np
import keras
from keras import layers

np.random.seed(1337)
yy, xx = np.mgrid[0:16, 0:16]
imgs = []
for _ in range(300):
    cy, cx = np.random.uniform(4, 12, 2)
    r = np.random.uniform(1.5, 3)
    imgs.append(np.exp(-((yy - cy) ** 2 + (xx - cx) ** 2) / (2 * r ** 2)))
imgs = np.array(imgs, "float32")[..., None]

input_img = keras.Input(shape=(16, 16, 1))
x = layers.Conv2D(12, (3, 3), activation="relu", padding="same")(input_img)
x = layers.MaxPooling2D((2, 2), padding="same")(x)
x = layers.Conv2D(6, (3, 3), activation="relu", padding="same")(x)
encoded = layers.AveragePooling2D((2, 2), padding="same")(x)

x = layers.Conv2DTranspose(6, 3, strides=2, activation="relu", padding="same")(encoded)
x = layers.Conv2D(12, 3, activation="relu", padding="same")(x)
x = layers.UpSampling2D((2, 2))(x)
decoded = layers.Conv2D(1, (3, 3), activation="sigmoid", padding="same")(x)

autoencoder = keras.Model(input_img, decoded)
autoencoder.compile(optimizer=keras.optimizers.Adam(5e-3), loss="binary_crossentropy")
autoencoder.fit(imgs[:240], imgs[:240], epochs=8, batch_size=16, shuffle=True,
                validation_data=(imgs[240:], imgs[240:]), verbose=2)
