import keras
import numpy as np
import tensorflow as tf

FEATURES = 4
rng = np.random.default_rng(53)
weather = rng.normal(size=(320, 7, FEATURES)).astype("float32")
tomorrow = (weather[:, -1, :1] * 0.8 + weather[:, -2, 1:2] * 0.4).astype("float32")

inputs = keras.Input((7, FEATURES))
state = keras.layers.GRU(16)(inputs)
outputs = keras.layers.Dense(FEATURES)(state)  # HERE
model = keras.Model(inputs, outputs)
opt = keras.optimizers.Adam(0.01)


@tf.function
def fit_batch(x, y):
    with tf.GradientTape() as tape:
        y_hat = model(x, training=True)
        err = tf.reduce_mean(tf.square(y_hat - y))  # HERE
    opt.apply_gradients(zip(tape.gradient(err, model.trainable_variables), model.trainable_variables))
    return err


def main():
    ds = tf.data.Dataset.from_tensor_slices((weather, tomorrow)).shuffle(320).batch(32)
    for epoch in range(8):
        total = [fit_batch(x, y) for x, y in ds]
        print(f"epoch {epoch}: {float(tf.add_n(total)) / len(total):.4f}")
    print("output shape", model(weather[:2]).shape)


main()
