"""Two tower retrieval: dot product of user and item towers."""
import argparse

import numpy as np
import tensorflow as tf
from keras import Sequential, layers, optimizers


def tower(dim):
    return Sequential([layers.Input((dim,)), layers.Dense(24, activation="relu"), layers.Dense(8)])


def make_data(n=400, seed=0):
    r = np.random.default_rng(seed)
    users = r.normal(size=(n, 6)).astype("float32")
    items = r.normal(size=(n, 4)).astype("float32")
    clicked = (users[:, 0] * items[:, 0] + users[:, 1] * items[:, 1] > 0).astype("float32")
    return users, items, clicked


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--lr", type=float, default=0.01)
    args = parser.parse_args()

    users, items, clicked = make_data()
    user_tower, item_tower = tower(6), tower(4)
    optimizer = optimizers.Adam(args.lr)
    variables = user_tower.trainable_variables + item_tower.trainable_variables

    @tf.function
    def train_step(u, i, c):
        with tf.GradientTape() as tape:
            eu = user_tower(u, training=True)
            ei = item_tower(i, training=True)
            logit = tf.reduce_sum(eu * ei, axis=1)
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=c, logits=logit))
        grads = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(grads, variables))
        return loss

    ds = tf.data.Dataset.from_tensor_slices((users, items, clicked)).shuffle(400).batch(40)
    for epoch in range(args.epochs):
        total = sum(float(train_step(*batch)) for batch in ds)
        print(f"epoch {epoch} loss {total / 10:.4f}")


if __name__ == "__main__":
    main()
