# crashes
import tensorflow as tf
import numpy as np

np.random.seed(4)
x_train = np.random.uniform(-1, 1, (400, 2)).astype("float32")
y_train = (np.abs(x_train).sum(axis=1) < 0.8).astype("int64")

model = tf.keras.models.Sequential([
    tf.keras.layers.Input((2,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(2),
])
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function
def train_step(x, y):
    optimizer = tf.keras.optimizers.Adam(0.01)  # HERE
    with tf.GradientTape() as tape:
        loss = loss_object(y, model(x, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


dataset = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(400).batch(40)
for epoch in range(8):
    train_loss = tf.keras.metrics.Mean()
    for x, y in dataset:
        train_loss(train_step(x, y))
    print(f"Epoch {epoch}, loss {train_loss.result().numpy():.4f}")
