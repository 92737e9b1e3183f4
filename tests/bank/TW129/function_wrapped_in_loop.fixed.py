import tensorflow as tf
import numpy as np


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss = tf.reduce_mean(
            tf.keras.losses.sparse_categorical_crossentropy(y, logits, from_logits=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


def main():
    tf.keras.utils.set_random_seed(4)
    centers = np.random.randn(3, 5) * 1.5
    labels = np.random.randint(3, size=300)
    feats = (centers[labels] + np.random.randn(300, 5)).astype("float32")
    ds = tf.data.Dataset.from_tensor_slices((feats, labels)).shuffle(300).batch(60)

    model = tf.keras.Sequential([tf.keras.Input((5,)), tf.keras.layers.Dense(3)])
    optimizer = tf.keras.optimizers.Adam(0.1)
    optimizer.build(model.trainable_variables)
    step = tf.function(train_step)

    for epoch in range(6):
        losses = []
        for x, y in ds:
            losses.append(step(model, optimizer, x, y).numpy())
        print("Epoch {}: loss {:.4f}".format(epoch, np.mean(losses)))


if __name__ == "__main__":
    main()
