from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense, Dropout, Input
from keras.utils import to_categorical
import numpy as np

# 10 made up glyphs instead of mnist
rng = np.random.RandomState(12)
glyphs = (rng.uniform(size=(10, 14, 14)) > 0.6) * 255.0
y = rng.randint(0, 10, 500)
X = np.clip(glyphs[y] + rng.normal(0, 60, (500, 14, 14)), 0, 255).astype("uint8")

X_train, y_train = X[:400], y[:400]
X_test, y_test = X[400:], y[400:]
X_train = X_train.reshape(-1, 14, 14, 1).astype("float32") / 255
X_test = X_test.reshape(-1, 14, 14, 1).astype("float32") / 255
y_train = to_categorical(y_train, 10)
y_test = to_categorical(y_test, 10)

model = Sequential()
model.add(Input((14, 14, 1)))
model.add(Conv2D(16, kernel_size=(3, 3), activation="relu"))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Dropout(0.25))
model.add(Flatten())
model.add(Dense(32, activation="relu"))
model.add(Dropout(0.25))
model.add(Dense(10, activation="softmax"))

model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X_train, y_train, batch_size=16, epochs=6, verbose=2, validation_data=(X_test, y_test))
score = model.evaluate(X_test, y_test, verbose=0)
print("Test loss:", score[0])
print("Test accuracy:", score[1])
