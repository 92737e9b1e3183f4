import numpy as np
import tensorflow as tf
import keras


def make_digits(rng, count):
    """Blobs in one of four corners of an 12x12 picture, grey values as a camera gives them."""
    labels = rng.integers(0, 4, count)
    pics = rng.integers(0, 90, (count, 12, 12))
    for i, k in enumerate(labels):
        r, c = divmod(int(k), 2)
        pics[i, r * 6:r * 6 + 6, c * 6:c * 6 + 6] += rng.integers(60, 160)
    return np.clip(pics, 0, 255).astype("uint8"), labels


def main():
    keras.utils.set_random_seed(3)
    rng = np.random.default_rng(3)
    pics, labels = make_digits(rng, 320)
    images = pics.reshape(-1, 144).astype("float32") / 255.0

    net = keras.Sequential([
        keras.Input((144,)),
        keras.layers.Dense(48, activation="relu"),
        keras.layers.Dense(24, activation="relu"),
        keras.layers.Dense(4),
    ])
    ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    sgd = keras.optimizers.SGD(0.1)
    for epoch in range(6):
        order = rng.permutation(len(images))
        total, right = 0.0, 0
        for start in range(0, len(order), 32):
            pick = order[start:start + 32]
            xb, yb = images[pick], labels[pick]
            with tf.GradientTape() as tape:
                logits = net(xb, training=True)
                loss = ce(yb, logits)
            grads = tape.gradient(loss, net.trainable_variables)
            sgd.apply_gradients(zip(grads, net.trainable_variables))
            total += float(loss) * len(pick)
            right += int(np.sum(np.argmax(logits, axis=1) == yb))
        print(f"epoch {epoch}: loss {total / len(order):.4f} acc {right / len(order):.3f}")


if __name__ == "__main__":
    main()
