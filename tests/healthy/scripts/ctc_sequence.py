"""CTC: strokes of 3 symbols written at varying speed."""
import numpy as np
import tensorflow as tf
import keras

rng = np.random.default_rng(37)
T, LAB = 16, 3
shapes = rng.normal(size=(4, 6)) * 1.5


def sample():
    word = rng.integers(0, 4, LAB)
    frames = []
    for s in word:
        frames += [shapes[s]] * rng.integers(2, 5) + [np.zeros(6)]
    frames = frames[:T] + [np.zeros(6)] * (T - len(frames))
    return np.array(frames) + 0.2 * rng.normal(size=(T, 6)), word + 1


pairs = [sample() for _ in range(256)]
X = np.stack([p[0] for p in pairs]).astype("float32")
Y = np.stack([p[1] for p in pairs]).astype("int32")

net = keras.Sequential([
    keras.Input((T, 6)),
    keras.layers.Conv1D(24, 3, padding="same", activation="relu"),
    keras.layers.Bidirectional(keras.layers.GRU(16, return_sequences=True)),
    keras.layers.Dense(5),  # 4 symbols + blank (0)
])
opt = keras.optimizers.Adam(0.01, clipnorm=1.0)


@tf.function
def train_step(x, y):
    n = tf.shape(x)[0]
    with tf.GradientTape() as tape:
        logits = net(x, training=True)
        loss = tf.reduce_mean(tf.nn.ctc_loss(y, logits, tf.fill([n], LAB), tf.fill([n], T),
                                             logits_time_major=False, blank_index=0))
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(256).batch(32)
for epoch in range(10):
    losses = [float(train_step(a, b)) for a, b in ds]
    print("epoch", epoch, "ctc loss", round(sum(losses) / len(losses), 3))
