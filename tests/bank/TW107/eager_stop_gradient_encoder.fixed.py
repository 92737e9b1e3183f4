import numpy as np
import tensorflow as tf

rs = np.random.RandomState(0)
x = rs.rand(512, 20).astype("float32")

encoder = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(4)])
decoder = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(20)])
opt = tf.keras.optimizers.Adam(3e-3)
ds = tf.data.Dataset.from_tensor_slices(x).shuffle(512).batch(64)
encoder.build((None, 20))
decoder.build((None, 4))

for epoch in range(5):
    for xb in ds:
        with tf.GradientTape() as tape:
            code = encoder(xb)
            rec = decoder(code)
            loss = tf.reduce_mean(tf.square(xb - rec))
        vars_ = encoder.trainable_variables + decoder.trainable_variables
        grads = tape.gradient(loss, vars_)
        opt.apply_gradients((g, v) for g, v in zip(grads, vars_) if g is not None)
    print(epoch, float(tf.reduce_mean(tf.square(x - decoder(encoder(x))))))
