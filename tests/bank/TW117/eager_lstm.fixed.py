"""Does a sequence of bits hold more than three ones?"""
import keras
import tensorflow as tf
import numpy as np

keras.utils.set_random_seed(62)
seq = np.random.randint(0, 2, (280, 6, 1)).astype("float32")
lab = (seq.sum(axis=(1, 2)) > 3).astype("float32")[:, None]

inp = keras.Input((6, 1))
net = keras.Model(inp, keras.layers.Dense(1)(keras.layers.LSTM(10)(inp)))
bce = keras.losses.BinaryCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(0.03)
data = tf.data.Dataset.from_tensor_slices((seq, lab)).shuffle(280).batch(56)

for epoch in range(6):
    tracker = keras.metrics.Mean()
    for s, t in data:
        with tf.GradientTape() as tape:
            loss = bce(t, net(s, training=True))
        opt.apply_gradients(zip(tape.gradient(loss, net.trainable_weights), net.trainable_weights))
        tracker.update_state(loss)
    print(f"epoch {epoch}: {float(tracker.result()):.4f}")
