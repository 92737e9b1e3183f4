import tensorflow as tf
import numpy as np

tf.random.set_seed(8)
rs = np.random.RandomState(8)
proto = rs.randn(5, 20)
labels = rs.randint(5, size=600)
data = (proto[labels] + 1.5 * rs.randn(600, 20)).astype('float32')
x_train, y_train, x_val, y_val = data[:450], labels[:450], data[450:], labels[450:]

train = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(450).batch(45)
val = tf.data.Dataset.from_tensor_slices((x_val, y_val)).batch(32)

model = tf.keras.Sequential()
model.add(tf.keras.Input(shape=(20,)))
model.add(tf.keras.layers.Dense(32, activation='relu'))
model.add(tf.keras.layers.Dense(5, activation='softmax'))

cce = tf.keras.losses.SparseCategoricalCrossentropy()
opt = tf.keras.optimizers.Adam(1e-2)
running_loss = tf.keras.metrics.Mean()


@tf.function
def train_step(images, targets):
    with tf.GradientTape() as tape:
        out = model(images, training=True)
        loss = cce(targets, out)
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    running_loss.update_state(loss)


@tf.function
def count_correct(images, targets):
    out = model(images, training=False)
    hits = tf.equal(tf.argmax(out, axis=1), tf.cast(targets, tf.int64))
    return tf.reduce_sum(tf.cast(hits, tf.float32)), tf.cast(tf.size(targets), tf.float32)


for epoch in range(6):
    running_loss.reset_state()
    for images, targets in train:
        train_step(images, targets)
    for images, targets in val:
        correct, seen = count_correct(images, targets)  # HERE
    val_acc = correct / seen  # HERE
    print('epoch', epoch, 'loss', float(running_loss.result()), 'val accuracy', float(val_acc))
