import tensorflow as tf
import numpy as np
from tensorflow import keras


def make_model():
    inputs = keras.Input(shape=(6,))
    x = keras.layers.Dense(32)(inputs)
    x = keras.layers.BatchNormalization(momentum=0.9)(x)
    x = keras.layers.Activation("relu")(x)
    x = keras.layers.Dropout(0.3)(x)
    return keras.Model(inputs, keras.layers.Dense(1)(x))


@tf.function
def train_step(model, opt, x, y, metric):
    with tf.GradientTape() as tape:
        pred = model(x, training=True)
        loss = tf.reduce_mean(keras.losses.MSE(y, pred))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    metric.update_state(loss)


@tf.function
def test_step(model, x, y, metric):
    pred = model(x, training=False)
    metric.update_state(tf.reduce_mean(tf.square(y - pred)))


def main():
    keras.utils.set_random_seed(77)
    X = np.random.normal(size=(600, 6)).astype("float32")
    y = np.tanh(X[:, :1] * 2) + X[:, 1:2] - 0.5 * X[:, 2:3]
    y = y.astype("float32")
    train = tf.data.Dataset.from_tensor_slices((X[:480], y[:480])).shuffle(480).batch(32)
    test = tf.data.Dataset.from_tensor_slices((X[480:], y[480:])).batch(40)

    model = make_model()
    opt = keras.optimizers.Adam(0.01)
    train_mse, test_mse = keras.metrics.Mean(), keras.metrics.Mean()
    for epoch in range(8):
        train_mse.reset_state()
        test_mse.reset_state()
        for x, t in train:
            train_step(model, opt, x, t, train_mse)
        for x, t in test:
            test_step(model, x, t, test_mse)
        tf.print("epoch", epoch, "train", train_mse.result(), "test", test_mse.result())


if __name__ == "__main__":
    main()
