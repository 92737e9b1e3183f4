import tensorflow as tf
import numpy as np

rng = np.random.default_rng(90)
series = np.cumsum(rng.normal(size=400)) * 0.05 + np.sin(np.arange(400) / 5)
X = np.stack([series[i:i + 10] for i in range(350)]).astype(np.float32)[:, :, None]
Y = np.stack([series[i + 10:i + 11] for i in range(350)]).astype(np.float32)

rnn = tf.keras.Sequential([tf.keras.Input((10, 1)), tf.keras.layers.SimpleRNN(12), tf.keras.layers.Dense(1)])
mae = tf.keras.losses.MeanAbsoluteError()

opt = tf.keras.optimizers.RMSprop(0.005)
for epoch in range(6):
    order = rng.permutation(350)
    hist = []
    for k in range(0, 350, 50):
        with tf.GradientTape() as tape:
            l = mae(Y[order[k:k + 50]], rnn(X[order[k:k + 50]], training=True))
        opt.apply_gradients(zip(tape.gradient(l, rnn.trainable_weights), rnn.trainable_weights))
        hist.append(float(l))
    print("epoch %d: mae %.4f" % (epoch, np.mean(hist)))
