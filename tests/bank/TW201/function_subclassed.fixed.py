import numpy as np
import tensorflow as tf


class Classifier(tf.keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(48, activation="tanh")
        self.norm = tf.keras.layers.LayerNormalization()
        self.out = tf.keras.layers.Dense(n_classes)

    def call(self, inputs):
        h = self.hidden(inputs)
        h = self.norm(h)
        return self.out(h)


def one_hot(labels, depth):
    return np.eye(depth, dtype="float32")[labels]


def main():
    tf.random.set_seed(42)
    rng = np.random.default_rng(42)
    w = rng.normal(size=(10, 6))
    x = rng.normal(size=(512, 10)).astype("float32")
    y = one_hot(np.argmax(x @ w, axis=1), 6)

    dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(512).batch(32).prefetch(1)

    model = Classifier(6)
    opt = tf.keras.optimizers.Adam(1e-2)
    cce = tf.keras.losses.CategoricalCrossentropy(from_logits=True)
    train_loss = tf.keras.metrics.Mean()
    train_acc = tf.keras.metrics.CategoricalAccuracy()

    @tf.function
    def train_step(images, targets):
        with tf.GradientTape() as tape:
            predictions = model(images, training=True)
            loss = cce(targets, predictions)
        gradients = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(gradients, model.trainable_variables))
        train_loss(loss)
        train_acc(targets, predictions)

    for epoch in range(6):
        train_loss.reset_state()
        train_acc.reset_state()
        for images, targets in dataset:
            train_step(images, targets)
        print("Epoch {}, Loss: {:.3f}, Accuracy: {:.1f}".format(
            epoch + 1, train_loss.result().numpy(), 100 * train_acc.result().numpy()))


if __name__ == "__main__":
    main()
