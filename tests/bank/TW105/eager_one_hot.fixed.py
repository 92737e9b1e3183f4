import keras
import tensorflow as tf
import numpy as np
from keras import layers

keras.utils.set_random_seed(5)
N_CLASSES = 4
patterns = np.random.randn(N_CLASSES, 6, 6, 1)
labels = np.random.randint(0, N_CLASSES, 256)
images = (patterns[labels] + 0.5 * np.random.randn(256, 6, 6, 1)).astype("float32")
targets = keras.utils.to_categorical(labels, N_CLASSES)

cnn = keras.Sequential([
    keras.Input((6, 6, 1)),
    layers.Conv2D(8, 3, activation="relu", padding="same"),
    layers.GlobalMaxPooling2D(),
    layers.Dense(N_CLASSES, activation="softmax"),
])
opt = keras.optimizers.Adam(0.02)
cce = keras.losses.CategoricalCrossentropy()
train = tf.data.Dataset.from_tensor_slices((images, targets)).shuffle(256).batch(32)

for epoch in range(8):
    mean = keras.metrics.Mean()
    for img, lab in train:
        with tf.GradientTape() as tape:
            scores = cnn(img, training=True)
            loss = cce(lab, scores)
        opt.apply_gradients(zip(tape.gradient(loss, cnn.trainable_variables), cnn.trainable_variables))
        mean.update_state(loss)
    print("epoch", epoch, "cross entropy", float(mean.result()))
