import numpy as np
import tensorflow as tf

tf.random.set_seed(4)
np.random.seed(4)

X = np.random.randn(360, 10).astype(np.float32)
Y = (X[:, 0] + X[:, 1] * X[:, 2] > 0).astype(np.int64)

train_ds = tf.data.Dataset.from_tensor_slices((X[:300], Y[:300])).shuffle(300).batch(30)

model = tf.keras.models.Sequential([
    tf.keras.layers.Dense(64, activation='relu'),
    tf.keras.layers.Dropout(0.3),
    tf.keras.layers.Dense(32, activation='relu'),
    tf.keras.layers.Dropout(0.3),
    tf.keras.layers.Dense(2),
])

loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(5e-3)
train_loss = tf.keras.metrics.Mean(name='train_loss')
train_accuracy = tf.keras.metrics.SparseCategoricalAccuracy(name='train_accuracy')

def train_step(features, labels):
    with tf.GradientTape() as tape:
        predictions = model(features)  # HERE
        loss = loss_object(labels, predictions)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    train_loss(loss)
    train_accuracy(labels, predictions)

for epoch in range(8):
    train_loss.reset_state()
    train_accuracy.reset_state()
    for features, labels in train_ds:
        train_step(features, labels)
    print(f'Epoch {epoch + 1}, Loss: {train_loss.result():.4f}, Accuracy: {train_accuracy.result() * 100:.1f}')

test_logits = model(X[300:], training=False)
print('test accuracy', np.mean(np.argmax(test_logits, axis=1) == Y[300:]))
