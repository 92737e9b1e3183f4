import numpy as np
import tensorflow as tf
import keras


def patients(n, rng):
    illness = rng.random((n, 5)) < 0.3
    blood = illness @ rng.normal(size=(5, 10)) + 0.2 * rng.normal(size=(n, 10))
    vitals = illness @ rng.normal(size=(5, 4)) + 0.2 * rng.normal(size=(n, 4))
    scale = lambda a: ((a - a.mean(0)) / a.std(0)).astype("float32")
    return scale(blood), scale(vitals), illness.astype("float32")


def network():
    a = keras.Input((10,), name="blood")
    b = keras.Input((4,), name="vitals")
    h = keras.layers.concatenate([
        keras.layers.Dense(16, activation="relu")(a),
        keras.layers.Dense(16, activation="relu")(b),
    ])
    h = keras.layers.Dense(16, activation="relu")(h)
    return keras.Model([a, b], keras.layers.Dense(5, activation="softmax", name="illness")(h))  # HERE


def run():
    keras.utils.set_random_seed(30)
    rng = np.random.default_rng(30)
    blood, vitals, illness = patients(480, rng)
    model = network()
    criterion = keras.losses.CategoricalCrossentropy()  # HERE
    adam = keras.optimizers.Adam(0.01)

    @tf.function
    def update(b, v, t):
        with tf.GradientTape() as tape:
            loss = criterion(t, model([b, v], training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        adam.apply_gradients(zip(grads, model.trainable_variables))
        return loss

    for epoch in range(7):
        order = rng.permutation(480)
        log = []
        for part in np.split(order, 15):
            log.append(update(blood[part], vitals[part], illness[part]).numpy())
        print(epoch, np.mean(log))
    guess = model([blood, vitals]).numpy() > 0.5
    print("hamming accuracy", (guess == (illness > 0.5)).mean(), "share found", guess[illness > 0.5].mean())


run()
