# my loss doesn't go down at all?? custom training loop
import numpy as np
import tensorflow as tf

x_train = np.random.RandomState(0).rand(300, 10).astype("float32")
y_train = (x_train.sum(axis=1) > 5).astype("int32")
model = tf.keras.Sequential([
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(2, activation="softmax"),
])
loss_object = tf.keras.losses.SparseCategoricalCrossentropy()
optimizer = tf.keras.optimizers.Adam(0.01)


def grad(model, inputs, targets):
    with tf.GradientTape() as tape:
        loss_value = loss_object(targets, model(inputs, training=True))
    return loss_value, tape.gradient(loss_value, model.trainable_variables)


ds = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(300).batch(32)
for epoch in range(5):
    epoch_loss_avg = tf.keras.metrics.Mean()
    for x, y in ds:
        loss_value, grads = grad(model, x, y)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        epoch_loss_avg.update_state(loss_value)
    print("Epoch {:03d}: Loss: {:.3f}".format(epoch, epoch_loss_avg.result()))
