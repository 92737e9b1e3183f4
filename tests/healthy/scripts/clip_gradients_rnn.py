import numpy as np
import tensorflow as tf

# running sum of a sequence; gradients clipped by global norm
np.random.seed(44)
seqs = np.random.randn(300, 20, 1).astype("float32") * 0.3
sums = np.cumsum(seqs, axis=1)

rnn = tf.keras.Sequential([
    tf.keras.layers.Input((20, 1)),
    tf.keras.layers.SimpleRNN(16, return_sequences=True),
    tf.keras.layers.Dense(1),
])
opt = tf.keras.optimizers.RMSprop(learning_rate=0.005)
train = tf.data.Dataset.from_tensor_slices((seqs, sums)).shuffle(300).batch(15)
CLIP = 1.0


@tf.function
def train_step(inp, targ):
    with tf.GradientTape() as tape:
        pred = rnn(inp, training=True)
        loss = tf.reduce_mean(tf.math.squared_difference(pred, targ))
    grads = tape.gradient(loss, rnn.trainable_variables)
    clipped, norm = tf.clip_by_global_norm(grads, CLIP)
    opt.apply_gradients(zip(clipped, rnn.trainable_variables))
    return loss, norm


for epoch in range(8):
    losses, norms = [], []
    for inp, targ in train:
        l, n = train_step(inp, targ)
        losses.append(l.numpy())
        norms.append(n.numpy())
    print("epoch {:d} loss {:.4f} biggest norm {:.2f}".format(epoch, np.mean(losses), max(norms)))
