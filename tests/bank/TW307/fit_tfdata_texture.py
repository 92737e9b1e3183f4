import numpy as np
import tensorflow as tf

tf.random.set_seed(100)


def make_split(n_per_class, seed):
    r = np.random.RandomState(seed)
    images, labels = [], []
    for label, freq in enumerate([1, 2, 4]):
        for _ in range(n_per_class):
            t = np.arange(16)[None, :] * freq * np.pi / 8 + r.uniform(0, 6.28)
            images.append(0.5 + 0.4 * np.sin(t) * np.ones((16, 1)) + r.normal(0, 0.05, (16, 16)))
            labels.append(label)
    return np.asarray(images, "float32")[..., None], np.asarray(labels, "int32")


train_x, train_y = make_split(120, 0)
test_x, test_y = make_split(30, 1)

train = tf.data.Dataset.from_tensor_slices((train_x, train_y))  # HERE
train = train.batch(16).prefetch(2)  # HERE
test = tf.data.Dataset.from_tensor_slices((test_x, test_y)).batch(30)

model = tf.keras.models.Sequential([
    tf.keras.layers.InputLayer(shape=(16, 16, 1)),
    tf.keras.layers.Conv2D(8, (3, 3), activation='relu'),
    tf.keras.layers.MaxPooling2D((2, 2)),
    tf.keras.layers.Conv2D(16, (3, 3), activation='relu'),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(3),
])
model.compile(
    optimizer=tf.keras.optimizers.Adam(0.003),
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=['accuracy'])
model.fit(train, epochs=4, validation_data=test, verbose=2)
