import tensorflow as tf
import numpy as np

EPOCHS = 15
BATCH = 30


def load():
    r = np.random.RandomState(48)
    x = r.uniform(-1, 1, (450, 2)).astype("float32")
    y = np.sin(3 * x[:, :1]) * np.cos(2 * x[:, 1:])
    return x, y.astype("float32")


def main():
    tf.random.set_seed(48)
    x, y = load()
    ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(450).batch(BATCH)
    steps_per_epoch = len(x) // BATCH

    model = tf.keras.Sequential([
        tf.keras.layers.Dense(48, activation="relu"),
        tf.keras.layers.Dense(48, activation="relu"),
        tf.keras.layers.Dense(1),
    ])
    schedule = tf.keras.optimizers.schedules.CosineDecay(5e-3, decay_steps=EPOCHS)  # HERE
    opt = tf.keras.optimizers.Adam(schedule)  # HERE

    @tf.function
    def step(a, b):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(b - model(a, training=True)))
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        return loss

    for epoch in range(EPOCHS):
        total = 0.0
        for a, b in ds:
            total += step(a, b)
        print("%02d  %.6f  (%d steps)" % (epoch + 1, total / steps_per_epoch, opt.iterations.numpy()))


if __name__ == "__main__":
    main()
