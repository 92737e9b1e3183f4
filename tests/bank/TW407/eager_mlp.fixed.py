# warned TW122: the line says itself that it is the last batch's loss; the accuracy beside it is of the whole epoch
# crashes
import tensorflow as tf
import numpy as np

tf.random.set_seed(0)
rng = np.random.default_rng(0)

inputs = rng.normal(size=(300, 7)).astype("float32")
classes = (inputs[:, :3].argmax(axis=1)).astype("int32")

body = tf.keras.Sequential([
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(32, activation="relu"),
])
head = tf.keras.layers.Dense(3)
model = tf.keras.Sequential([body, head])
model.build((None, 7))

body.trainable = False

opt = tf.keras.optimizers.Adam(0.02)
lossf = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
acc = tf.keras.metrics.SparseCategoricalAccuracy()
ds = tf.data.Dataset.from_tensor_slices((inputs, classes)).shuffle(300).batch(30)

for epoch in range(6):
    acc.reset_state()
    for x, y in ds:
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            loss = lossf(y, logits)
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        acc.update_state(y, logits)
    print("epoch", epoch, "last loss", float(loss), "acc", float(acc.result()))
