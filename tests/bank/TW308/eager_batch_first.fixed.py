# letters from pen strokes (toy): custom loop following the tutorial
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)

strokes, letters = [], []
for letter in range(4):
    base = rng.normal(0, 1, (8, 2)).cumsum(axis=0) * 0.2
    for _ in range(64):
        strokes.append(base + rng.normal(0, 0.6, (8, 2)))
        letters.append(letter)
strokes = np.array(strokes, dtype="float32")
letters = np.array(letters)

train_dataset = (
    tf.data.Dataset.from_tensor_slices((strokes, letters))
    .shuffle(buffer_size=256)
    .batch(16)
)

inputs = keras.Input((8, 2))
x = keras.layers.Conv1D(16, 3, activation="relu")(inputs)
x = keras.layers.Flatten()(x)
outputs = keras.layers.Dense(4, activation="softmax")(x)
model = keras.Model(inputs, outputs)

optimizer = keras.optimizers.Adam(learning_rate=0.01)
loss_fn = keras.losses.SparseCategoricalCrossentropy()
train_acc_metric = keras.metrics.SparseCategoricalAccuracy()

for epoch in range(6):
    print("\nStart of epoch %d" % (epoch,))
    seen = []
    for step, (x_batch, y_batch) in enumerate(train_dataset):
        with tf.GradientTape() as tape:
            probs = model(x_batch, training=True)
            loss_value = loss_fn(y_batch, probs)
        grads = tape.gradient(loss_value, model.trainable_weights)
        optimizer.apply_gradients(zip(grads, model.trainable_weights))
        seen.append(float(loss_value))
    train_acc_metric.update_state(letters, model(strokes, training=False))
    print("mean loss %.4f, accuracy after the epoch %.4f" % (np.mean(seen), float(train_acc_metric.result())))
    train_acc_metric.reset_state()
