import tensorflow as tf
import numpy as np

BATCH_SIZE = 24
BUFFER = 2000
EPOCHS = 5


def prepare(features, labels):
    dataset = tf.data.Dataset.from_tensor_slices((features, labels))
    dataset = dataset.map(lambda f, l: (tf.cast(f, tf.float32), l), num_parallel_calls=1)
    dataset = dataset.batch(BATCH_SIZE)  # HERE
    dataset = dataset.shuffle(BUFFER)  # HERE
    return dataset


class Classifier(tf.keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.body = tf.keras.Sequential([
            tf.keras.layers.Dense(32, activation='relu'),
            tf.keras.layers.Dense(32, activation='relu'),
        ])
        self.head = tf.keras.layers.Dense(n_classes)

    def call(self, inputs, training=False):
        return self.head(self.body(inputs, training=training))


rng = np.random.RandomState(3)
centroids = rng.randn(6, 10)
y = np.sort(rng.randint(0, 6, 576))
x = centroids[y] + 1.5 * rng.randn(576, 10)

model = Classifier(6)
criterion = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.SGD(learning_rate=0.25)
loss_metric = tf.keras.metrics.Mean()


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = criterion(yb, model(xb, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    loss_metric.update_state(loss)


train = prepare(x, y)
for epoch in range(EPOCHS):
    loss_metric.reset_state()
    for xb, yb in train:
        step(xb, yb)
    acc = np.mean(np.argmax(model(x.astype('float32')), axis=-1) == y)
    print('epoch', epoch, 'loss', float(loss_metric.result()), 'acc', acc)
