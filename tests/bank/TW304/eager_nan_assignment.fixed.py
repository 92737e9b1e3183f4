import numpy as np
import tensorflow as tf

rs = np.random.RandomState(0)
sensors = rs.randn(300, 6).astype("float32")
reading = sensors @ rs.randn(6, 1).astype("float32")
for i in range(0, 300, 37):
    sensors[i, 2] = 0.0
model = tf.keras.Sequential([tf.keras.layers.Dense(16, "relu"), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.Adam(0.01)
ds = tf.data.Dataset.from_tensor_slices((sensors, reading)).batch(30)
for epoch in range(3):
    for xb, yb in ds:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(yb - model(xb, training=True)))
        opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    print(epoch, float(tf.reduce_mean(tf.square(reading - model(sensors)))))
