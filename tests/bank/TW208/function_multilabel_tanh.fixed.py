import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(81)
x = np.random.normal(size=(512, 12)).astype("float32")
mix = np.random.normal(size=(12, 3))
y = (x @ mix > 0).astype("float32")
data = tf.data.Dataset.from_tensor_slices((x, y)).cache().shuffle(512).batch(32)

inp = layers.Input((12,))
h = layers.Dense(32, activation="relu")(inp)
h = layers.Dropout(0.1)(h)
alarms = layers.Dense(3, activation="sigmoid")(h)
model = keras.Model(inp, alarms)
opt = keras.optimizers.Adam(0.01)
loss_obj = keras.losses.BinaryCrossentropy()
loss_avg = keras.metrics.Mean()


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        pred = model(xb, training=True)
        loss = loss_obj(yb, pred)
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    loss_avg.update_state(loss)


for epoch in range(6):
    loss_avg.reset_state()
    for xb, yb in data:
        step(xb, yb)
    print("epoch", epoch + 1, "loss", float(loss_avg.result()))
print("accuracy per alarm", ((model(x).numpy() > 0.5) == (y > 0.5)).mean(axis=0))
