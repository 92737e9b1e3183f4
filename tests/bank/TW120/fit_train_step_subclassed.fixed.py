import numpy as np
import tensorflow as tf


class Classifier(tf.keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.d1 = tf.keras.layers.Dense(24, activation="tanh")
        self.d2 = tf.keras.layers.Dense(n_classes, activation="softmax")
        self.tracker = tf.keras.metrics.Mean(name="loss")
        self.criterion = tf.keras.losses.CategoricalCrossentropy()

    def call(self, inputs):
        return self.d2(self.d1(inputs))

    @property
    def metrics(self):
        return [self.tracker]

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_hat = self(x, training=True)
            loss = self.criterion(y, y_hat)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.tracker.update_state(loss)
        return {"loss": self.tracker.result()}


def main():
    np.random.seed(0)
    centers = np.array([[2, 0], [-1, 2], [-1, -2]], dtype="float32")
    cls = np.random.randint(0, 3, 450)
    X = centers[cls] * 0.7 + np.random.normal(0, 0.6, (450, 2)).astype("float32")
    Y = tf.keras.utils.to_categorical(cls, 3)

    model = Classifier(3)
    model.compile(optimizer=tf.keras.optimizers.Adam(0.01))
    hist = model.fit(X, Y, epochs=8, batch_size=30, verbose=0)
    for i, l in enumerate(hist.history["loss"]):
        print("epoch %d  loss %.4f" % (i, l))
    print("train accuracy:", np.mean(np.argmax(model.predict(X, verbose=0), 1) == cls))


if __name__ == "__main__":
    main()
