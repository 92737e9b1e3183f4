import numpy as np
import tensorflow as tf

np.random.seed(0)
tf.random.set_seed(0)


def make_images(n):
    """8x8 images with a vertical or a horizontal bar."""
    images = np.random.normal(0, 0.1, (n, 8, 8, 1))
    labels = np.random.randint(0, 2, n)
    for i, lab in enumerate(labels):
        k = np.random.randint(0, 8)
        if lab == 0:
            images[i, :, k, 0] += 1.0
        else:
            images[i, k, :, 0] += 1.0
    return images.astype(np.float32), labels.astype(np.int32)


x_train, y_train = make_images(320)
dataset = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(320).batch(32)

model = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(8, 3, activation='relu'),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(2)])

loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(5e-3)
train_loss = tf.keras.metrics.Mean(name='train_loss')
train_accuracy = tf.keras.metrics.SparseCategoricalAccuracy(name='train_accuracy')


@tf.function
def train_step(images, labels):
    with tf.GradientTape() as tape:
        predictions = model(images, training=True)
        loss = loss_object(labels, predictions)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    train_loss(loss)
    train_accuracy(labels, predictions)


for epoch in range(6):
    train_loss.reset_state()
    train_accuracy.reset_state()
    for images, labels in dataset:
        train_step(images, labels)
    print(f'Epoch {epoch + 1}, Loss: {train_loss.result():.4f}, Accuracy: {train_accuracy.result() * 100:.1f}')
