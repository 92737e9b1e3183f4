import keras
import numpy as np
import tensorflow as tf


def get_batches(x, y, size, rng):
    idx = rng.permutation(len(x))
    for k in range(0, len(x), size):
        j = idx[k:k + size]
        yield tf.convert_to_tensor(x[j]), tf.convert_to_tensor(y[j])


def train(base_lr=1):
    keras.utils.set_random_seed(12)
    rng = np.random.default_rng(12)
    x = rng.uniform(-1, 1, (360, 3)).astype("float32")
    y = np.argmax(np.stack([x[:, 0] + x[:, 1], x[:, 2], -x[:, 0]], 1), axis=1)

    model = keras.Sequential([
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(3),
    ])
    ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    lr = float(base_lr / 20)
    opt = keras.optimizers.SGD(learning_rate=lr, momentum=0.9)

    for epoch in range(7):
        seen, correct, running = 0, 0, 0.0
        for xb, yb in get_batches(x, y, 30, rng):
            with tf.GradientTape() as tape:
                logits = model(xb, training=True)
                loss = ce(yb, logits)
            grads = tape.gradient(loss, model.trainable_variables)
            opt.apply_gradients(zip(grads, model.trainable_variables))
            running += float(loss) * len(xb)
            correct += int(np.sum(np.argmax(logits, 1) == yb.numpy()))
            seen += len(xb)
        print(f"Epoch {epoch}: loss={running / seen:.4f}, acc={correct / seen:.2%}")


if __name__ == "__main__":
    train()
