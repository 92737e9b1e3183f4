# import the necessary packages
from tensorflow.keras.models import Model
from tensorflow.keras.layers import Input, Conv2D, MaxPooling2D, Flatten, Dense, Dropout
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.utils import to_categorical
import tensorflow as tf
import numpy as np

INIT_LR = 5e-3
EPOCHS = 6
BS = 32


def build(width, height, depth, classes):
    inputs = Input(shape=(height, width, depth))
    x = Conv2D(8, (3, 3), padding="same", activation="relu")(inputs)
    x = MaxPooling2D(pool_size=(2, 2))(x)
    x = Flatten()(x)
    x = Dense(32, activation="relu")(x)
    x = Dropout(0.2)(x)
    x = Dense(classes, activation="softmax")(x)
    return Model(inputs, x)


np.random.seed(30)
tf.random.set_seed(30)
print("[INFO] loading images...")
labels = np.random.randint(0, 3, 450)
data = np.random.rand(450, 10, 10, 3) * 0.5
for k, lab in enumerate(labels):
    r, c = np.random.randint(0, 7, 2)
    data[k, r:r + 4, c:c + 4, lab] += 0.5
data = data.astype("float32")
onehot = to_categorical(labels, 3)
trainX, testX, trainY, testY = data[:360], data[360:], onehot[:360], onehot[360:]

print("[INFO] compiling model...")
opt = Adam(learning_rate=INIT_LR, decay=INIT_LR / EPOCHS)  # HERE
model = build(10, 10, 3, 3)
model.compile(loss="categorical_crossentropy", optimizer=opt, metrics=["accuracy"])

print("[INFO] training network...")
H = model.fit(trainX, trainY, validation_data=(testX, testY), batch_size=BS, epochs=EPOCHS, verbose=2)
