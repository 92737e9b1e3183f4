# warned TW122: the line says itself that it is the last batch's loss
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(70)
rng = np.random.default_rng(70)
wine = rng.normal(size=(300, 7)).astype("float32")
kind = (wine[:, :3]).argmax(axis=1)
labels = keras.utils.to_categorical(kind, num_classes=3)

model = keras.Sequential([keras.layers.Dense(24, activation="relu"), keras.layers.Dense(3)])
loss_fn = keras.losses.CategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(0.01)
dataset = tf.data.Dataset.from_tensor_slices((wine, labels)).shuffle(300).batch(30)

for epoch in range(6):
    for step, (xb, yb) in enumerate(dataset):
        with tf.GradientTape() as tape:
            logits = model(xb, training=True)
            loss = loss_fn(yb, logits)
        grads = tape.gradient(loss, model.trainable_weights)
        optimizer.apply_gradients(zip(grads, model.trainable_weights))
    print(f"epoch {epoch} last loss {float(loss):.3f}")
