import numpy as np
import tensorflow as tf

np.random.seed(44)
x = np.random.randn(300, 10).astype('float32')
y = (x[:, :3].sum(axis=1, keepdims=True) > 0).astype('float32')

batch_size = 32
dataset = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(300).batch(batch_size).repeat()

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Input(shape=(10,)))
model.add(tf.keras.layers.Dense(16, activation='relu'))
model.add(tf.keras.layers.Dense(1))
loss_object = tf.keras.losses.BinaryCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(0.01)

steps_per_epoch = 40
it = iter(dataset)
for epoch in range(3):
    total = 0.0
    for step in range(steps_per_epoch):
        xb, yb = next(it)
        with tf.GradientTape() as tape:
            logits = model(xb, training=True)
            loss = loss_object(yb, logits)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        total += loss.numpy()
        if step % 5 == 0:
            print('epoch', epoch, 'step', step, 'running loss', total / (step + 1))
