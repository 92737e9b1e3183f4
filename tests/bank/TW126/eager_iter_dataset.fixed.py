import tensorflow as tf
import numpy as np

np.random.seed(0)
x = np.random.randn(256, 5).astype('float32')
y = (x[:, :1] - 2 * x[:, 1:2] + np.maximum(x[:, 2:3], 0)).astype('float32')

dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(256).batch(32)

model = tf.keras.Sequential([tf.keras.layers.Dense(16, activation='relu'),
                             tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam(0.02)
loss_fn = tf.keras.losses.MeanSquaredError()

for epoch in range(8):
    epoch_loss = tf.keras.metrics.Mean()
    iterator = iter(dataset)
    for batch_x, batch_y in iterator:
        with tf.GradientTape() as tape:
            prediction = model(batch_x, training=True)
            loss = loss_fn(batch_y, prediction)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        epoch_loss.update_state(loss)
    print('Epoch', epoch + 1, 'Loss', epoch_loss.result().numpy())
