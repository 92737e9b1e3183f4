"""A print inside tf.function that is meant to show tracing only, plus tf.print for real values."""
import tensorflow as tf
import numpy as np

tf.random.set_seed(0)
x = np.random.RandomState(1).uniform(-1, 1, (300, 2)).astype("float32")
y = (x[:, :1] - 2 * x[:, 1:] + 0.5).astype("float32")

model = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function(input_signature=[tf.TensorSpec((None, 2)), tf.TensorSpec((None, 1))])
def train_step(inputs, targets):
    print("(tracing train_step, you should read this once)")
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(inputs, training=True) - targets))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    if optimizer.iterations % 25 == 0:
        tf.print("iteration", optimizer.iterations, "batch loss", loss)
    return loss


dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(300).batch(20)
for epoch in range(8):
    losses = []
    for inputs, targets in dataset:
        losses.append(train_step(inputs, targets))
    tf.print("epoch", epoch, "mean loss", tf.reduce_mean(losses))
