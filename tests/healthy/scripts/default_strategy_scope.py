import numpy as np
import tensorflow as tf
from tensorflow import keras

# works on one device or many: here the default strategy
strategy = tf.distribute.get_strategy()
print("replicas:", strategy.num_replicas_in_sync)
GLOBAL_BATCH = 32 * strategy.num_replicas_in_sync

rng = np.random.default_rng(53)
features = rng.normal(size=(448, 6)).astype("float32")
labels = (features[:, 0] * 2 + features[:, 1] ** 2 > 1).astype("float32")[:, None]
dataset = tf.data.Dataset.from_tensor_slices((features, labels)).shuffle(448).batch(GLOBAL_BATCH)
dist_ds = strategy.experimental_distribute_dataset(dataset)

with strategy.scope():
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(1)])
    optimizer = keras.optimizers.Adam(0.01)
    bce = keras.losses.BinaryCrossentropy(from_logits=True, reduction=None)


def compute_loss(y, logits):
    return tf.nn.compute_average_loss(bce(y, logits), global_batch_size=GLOBAL_BATCH)


def train_step(inputs):
    x, y = inputs
    with tf.GradientTape() as tape:
        loss = compute_loss(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


@tf.function
def distributed_train_step(inputs):
    per_replica = strategy.run(train_step, args=(inputs,))
    return strategy.reduce(tf.distribute.ReduceOp.SUM, per_replica, axis=None)


for epoch in range(6):
    total, n = 0.0, 0
    for batch in dist_ds:
        total += distributed_train_step(batch)
        n += 1
    print(f"epoch {epoch + 1}: loss {float(total / n):.4f}")
