import numpy as np
import tensorflow as tf

GENRES = ["action", "comedy", "drama", "horror"]


def load(n=320, seed=2):
    r = np.random.RandomState(seed)
    genres = r.binomial(1, 0.4, size=(n, 4)).astype(np.float32)
    poster = np.zeros((n, 8, 8, 1), np.float32)
    for k, (a, b) in enumerate([(0, 0), (0, 4), (4, 0), (4, 4)]):
        poster[:, a:a + 4, b:b + 4, 0] += genres[:, k, None, None]
    poster += 0.3 * r.randn(*poster.shape).astype(np.float32)
    return poster, genres


x, y = load()
tf.random.set_seed(2)
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(320).batch(32)

model = tf.keras.Sequential([
    tf.keras.layers.Conv2D(8, 3, activation='relu', input_shape=(8, 8, 1)),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(len(GENRES)),
])
loss_object = tf.keras.losses.BinaryCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(0.005)

for epoch in range(5):
    mean_loss = tf.keras.metrics.Mean()
    for images, genres in ds:
        with tf.GradientTape() as tape:
            logits = model(images, training=True)
            loss = loss_object(genres, logits)
        variables = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        mean_loss(loss)
    print(f'Epoch {epoch + 1} loss {mean_loss.result():.4f}')

hits = (model(x).numpy() > 0) == (y > 0.5)
for name, share in zip(GENRES, hits.mean(axis=0)):
    print(f'{name:8s} {share:.2f}')
