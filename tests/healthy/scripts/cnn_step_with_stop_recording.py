# warned TW122: the printed loss is that of the last batch, as the rule says; the accuracy beside it is of the whole epoch
import tensorflow as tf
import numpy as np

rng = np.random.RandomState(5)
images = rng.rand(320, 9, 9, 1).astype(np.float32) * 0.3
labels = rng.randint(0, 3, 320)
for k in range(320):
    images[k, labels[k] * 3 : labels[k] * 3 + 3, :, 0] += 0.7

model = tf.keras.Sequential()
model.add(tf.keras.layers.Conv2D(8, (3, 3), activation="relu"))
model.add(tf.keras.layers.MaxPool2D())
model.add(tf.keras.layers.Flatten())
model.add(tf.keras.layers.Dense(3))
optimizer = tf.optimizers.Adam(3e-3)
train_acc = tf.metrics.SparseCategoricalAccuracy()
ds = tf.data.Dataset.from_tensor_slices((images, labels)).map(lambda i, l: (tf.image.random_flip_left_right(i), l)).shuffle(320).batch(32)

for epoch in range(3):
    train_acc.reset_state()
    for step, (x, y) in enumerate(ds):
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            with tape.stop_recording():
                train_acc.update_state(y, logits)
            xent = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
            loss = tf.reduce_mean(xent)
        grads = tape.gradient(loss, model.trainable_variables)
        grads = [tf.clip_by_norm(g, 2.0) for g in grads]
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
    print("Epoch %d, loss %.3f, acc %.3f" % (epoch + 1, loss, train_acc.result()))
