import numpy as np
import keras
from keras import layers, mixed_precision

# bfloat16 compute on a CPU, float32 output layer
mixed_precision.set_global_policy("mixed_bfloat16")
np.random.seed(0)
c = np.random.randn(5, 16)
y = np.random.randint(0, 5, 400)
x = (c[y] + 0.7 * np.random.randn(400, 16)).astype("float32")

inputs = keras.Input(shape=(16,))
h = layers.Dense(48, activation="relu")(inputs)
h = layers.Dense(48, activation="relu")(h)
h = layers.Dense(5, name="dense_logits")(h)
outputs = layers.Activation("softmax", dtype="float32", name="predictions")(h)
model = keras.Model(inputs, outputs)
print("compute dtype", model.layers[1].compute_dtype, "output", outputs.dtype)

model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.Adam(5e-3), metrics=["accuracy"])
model.fit(x[:320], y[:320], batch_size=32, epochs=6, validation_data=(x[320:], y[320:]), verbose=2)
test_scores = model.evaluate(x[320:], y[320:], verbose=0)
print("Test loss:", test_scores[0], "accuracy:", test_scores[1])
