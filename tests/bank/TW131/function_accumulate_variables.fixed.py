import tensorflow as tf
import numpy as np


class AccumulatingTrainer:
    def __init__(self, model, optimizer, every):
        self.model = model
        self.optimizer = optimizer
        self.every = every
        self.buffers = [tf.Variable(tf.zeros_like(v), trainable=False) for v in model.trainable_variables]
        self.loss = tf.keras.metrics.Mean()

    @tf.function
    def accumulate(self, x, y):
        with tf.GradientTape() as tape:
            logits = self.model(x, training=True)
            loss = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
        for buf, g in zip(self.buffers, tape.gradient(loss, self.model.trainable_variables)):
            buf.assign_add(g / self.every)
        self.loss.update_state(loss)

    @tf.function
    def apply(self):
        self.optimizer.apply_gradients(zip([b.value() for b in self.buffers], self.model.trainable_variables))
        for buf in self.buffers:
            buf.assign(tf.zeros_like(buf))


def main():
    tf.keras.utils.set_random_seed(33)
    proto = np.random.randn(4, 9) * 1.2
    lab = np.random.randint(0, 4, 480)
    X = (proto[lab] + np.random.randn(480, 9)).astype("float32")
    ds = tf.data.Dataset.from_tensor_slices((X, lab)).shuffle(480).batch(20)
    model = tf.keras.Sequential([
        tf.keras.Input((9,)),
        tf.keras.layers.Dense(32, activation="relu"),
        tf.keras.layers.Dense(4),
    ])
    trainer = AccumulatingTrainer(model, tf.keras.optimizers.SGD(0.2), every=3)
    for epoch in range(10):
        trainer.loss.reset_state()
        for i, (x, y) in enumerate(ds):
            trainer.accumulate(x, y)
            if i % 3 == 2:
                trainer.apply()
        print("epoch", epoch, "loss", float(trainer.loss.result()))


main()
