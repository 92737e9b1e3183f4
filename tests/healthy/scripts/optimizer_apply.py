"""Keras 3 style: optimizer.apply instead of apply_gradients."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(42)
x_train = np.random.normal(size=(400, 12)).astype("float32")
y_train = (x_train[:, :4].sum(axis=1) > 0).astype("float32").reshape(-1, 1)

inputs = keras.Input(shape=(12,), name="features")
x1 = keras.layers.Dense(32, activation="relu")(inputs)
outputs = keras.layers.Dense(1, name="logit")(x1)
model = keras.Model(inputs=inputs, outputs=outputs)

optimizer = keras.optimizers.Adam(learning_rate=5e-3)
loss_fn = keras.losses.BinaryCrossentropy(from_logits=True)
train_acc_metric = keras.metrics.BinaryAccuracy(threshold=0.0)
train_dataset = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(400).batch(32)

epochs = 5
for epoch in range(epochs):
    print(f"\nStart of epoch {epoch}")
    mean_loss = keras.metrics.Mean()
    for step, (x_batch_train, y_batch_train) in enumerate(train_dataset):
        with tf.GradientTape() as tape:
            logits = model(x_batch_train, training=True)
            loss_value = loss_fn(y_batch_train, logits)
        grads = tape.gradient(loss_value, model.trainable_weights)
        optimizer.apply(grads, model.trainable_weights)
        train_acc_metric.update_state(y_batch_train, logits)
        mean_loss.update_state(loss_value)
        if step % 10 == 0:
            print(f"Training loss (for 1 batch) at step {step}: {float(loss_value):.4f}")
    print(f"Mean loss {float(mean_loss.result()):.4f}, acc {float(train_acc_metric.result()):.4f}")
    train_acc_metric.reset_state()
