import tensorflow as tf
import numpy as np

# 75 / 25 split, plain cross entropy, still fine
rs = np.random.RandomState(3)
X = rs.randn(600, 5).astype("float32")
s = 2 * X[:, 0] - X[:, 3]
y = (s > np.percentile(s, 75)).astype("int64")

model = tf.keras.Sequential([tf.keras.layers.Input((5,)),
                             tf.keras.layers.Dense(16, activation=tf.nn.relu),
                             tf.keras.layers.Dense(2)])
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(0.01)
train_loss = tf.keras.metrics.Mean(name="train_loss")
train_accuracy = tf.keras.metrics.SparseCategoricalAccuracy(name="train_accuracy")
test_accuracy = tf.keras.metrics.SparseCategoricalAccuracy(name="test_accuracy")
train_ds = tf.data.Dataset.from_tensor_slices((X[:480], y[:480])).shuffle(480).batch(32)
test_ds = tf.data.Dataset.from_tensor_slices((X[480:], y[480:])).batch(32)


@tf.function
def train_step(features, labels):
    with tf.GradientTape() as tape:
        predictions = model(features, training=True)
        loss = loss_object(labels, predictions)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    train_loss(loss)
    train_accuracy(labels, predictions)


@tf.function
def test_step(features, labels):
    test_accuracy(labels, model(features, training=False))


for epoch in range(6):
    train_loss.reset_state()
    train_accuracy.reset_state()
    test_accuracy.reset_state()
    for a, b in train_ds:
        train_step(a, b)
    for a, b in test_ds:
        test_step(a, b)
    print(f"Epoch {epoch + 1}, Loss: {train_loss.result():.4f}, Accuracy: {train_accuracy.result() * 100:.1f}, "
          f"Test Accuracy: {test_accuracy.result() * 100:.1f} (majority: 75)")
