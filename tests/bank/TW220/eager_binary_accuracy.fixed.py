import tensorflow as tf
import numpy as np

np.random.seed(25)
tf.random.set_seed(25)
img = np.random.rand(300, 8, 8, 1).astype('float32')
lab = (img[:, :4].mean(axis=(1, 2, 3)) > img[:, 4:].mean(axis=(1, 2, 3))).astype('float32')[:, None]
img -= 0.5
ds = tf.data.Dataset.from_tensor_slices((img, lab)).shuffle(300).batch(20)

cnn = tf.keras.Sequential([
    tf.keras.layers.Conv2D(8, 3, activation='relu'),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(1),
])
loss_object = tf.keras.losses.BinaryCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(3e-3)
train_acc = tf.keras.metrics.BinaryAccuracy(threshold=0.0)

for epoch in range(8):
    train_acc.reset_state()
    epoch_loss = tf.keras.metrics.Mean()
    for x, y in ds:
        with tf.GradientTape() as tape:
            out = cnn(x, training=True)
            loss = loss_object(y, out)
        grads = tape.gradient(loss, cnn.trainable_variables)
        optimizer.apply_gradients(zip(grads, cnn.trainable_variables))
        epoch_loss.update_state(loss)
        train_acc.update_state(y, out)
    print('Epoch {:03d}: Loss: {:.3f}, Accuracy: {:.3%}'.format(epoch, epoch_loss.result(), train_acc.result()))
