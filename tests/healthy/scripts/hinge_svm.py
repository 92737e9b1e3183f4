"""Linear SVM: labels -1/+1 with keras' hinge loss and an L2 penalty."""
import numpy as np
from tensorflow import keras

rng = np.random.default_rng(68)
a = rng.normal([1.2, 0.5, 0], 0.8, size=(200, 3))
b = rng.normal([-1.2, -0.5, 0], 0.8, size=(200, 3))
X = np.concatenate([a, b]).astype("float32")
y = np.concatenate([np.ones(200), -np.ones(200)]).astype("float32")
mix = rng.permutation(400)
X, y = X[mix], y[mix]


def sign_accuracy(y_true, y_pred):
    return keras.ops.mean(keras.ops.cast(keras.ops.equal(keras.ops.sign(y_true), keras.ops.sign(y_pred)), "float32"))


svm = keras.Sequential([
    keras.layers.Input((3,)),
    keras.layers.Dense(1, kernel_regularizer=keras.regularizers.L2(0.001)),
])
svm.compile(optimizer=keras.optimizers.SGD(0.05), loss="hinge", metrics=[sign_accuracy])
svm.fit(X[:320], y[:320][:, None], batch_size=16, epochs=8, verbose=2, validation_data=(X[320:], y[320:][:, None]))
print("w =", svm.get_weights()[0].ravel(), "b =", svm.get_weights()[1])
