"""Two-tower model: who clicks on which advert (user numbers, advert numbers)."""
import numpy as np
import tensorflow as tf
import keras
from keras import layers


def make_data(n=320, seed=6):
    rng = np.random.default_rng(seed)
    user = np.column_stack([rng.integers(18, 80, n), rng.normal(30000, 8000, n), rng.integers(0, 500, n)])
    advert = np.column_stack([rng.uniform(0.5, 300, n), rng.integers(1, 2000, n)])
    s = (user[:, 0] - 49) / 18 + (user[:, 1] - 30000) / 8000 - (advert[:, 0] - 150) / 90
    return user.astype("float32"), advert.astype("float32"), (s > 0).astype("float32")[:, None]


def build(user, advert):
    in_u, in_a = keras.Input((3,)), keras.Input((2,))
    norm_u = layers.Normalization()  # HERE
    norm_a = layers.Normalization()  # HERE
    u = layers.Dense(16, activation="relu")(norm_u(in_u))  # HERE
    a = layers.Dense(16, activation="relu")(norm_a(in_a))  # HERE
    both = layers.Concatenate()([u, a])
    return keras.Model([in_u, in_a], layers.Dense(1)(layers.Dense(16, activation="relu")(both)))


def main():
    keras.utils.set_random_seed(6)
    user, advert, click = make_data()
    model = build(user, advert)
    bce = keras.losses.BinaryCrossentropy(from_logits=True)
    opt = keras.optimizers.Adam(0.01)
    rng = np.random.default_rng(0)
    for epoch in range(8):
        losses, right = [], 0
        for b in np.array_split(rng.permutation(len(click)), 10):
            with tf.GradientTape() as tape:
                logit = model([user[b], advert[b]], training=True)
                loss = bce(click[b], logit)
            grads = tape.gradient(loss, model.trainable_variables)
            opt.apply_gradients(zip(grads, model.trainable_variables))
            losses.append(float(loss))
            right += int(((logit.numpy() > 0) == (click[b] > 0.5)).sum())
        print(f"epoch {epoch} loss {np.mean(losses):.4f} acc {right / len(click):.3f}")


if __name__ == "__main__":
    main()
