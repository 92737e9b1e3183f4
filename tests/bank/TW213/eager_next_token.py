# crashes
import numpy as np
import tensorflow as tf

text = "the cat sat on the mat and the dog sat on the log . " * 12
words = text.split()
vocab = sorted(set(words))
ids = {w: i + 1 for i, w in enumerate(vocab)}  # HERE
vocab_size = len(vocab)  # HERE
seq = np.array([ids[w] for w in words])
x = np.stack([seq[i:i + 3] for i in range(len(seq) - 3)])
y = seq[3:]
order = np.random.RandomState(1).permutation(len(x))
x, y = x[order], y[order]

tf.random.set_seed(1)
model = tf.keras.Sequential([
    tf.keras.layers.Embedding(vocab_size + 1, 8),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(vocab_size),  # HERE
])
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(0.02)

for epoch in range(6):
    total = 0.0
    for i in range(0, len(x), 16):
        with tf.GradientTape() as tape:
            loss = loss_fn(y[i:i + 16], model(x[i:i + 16]))  # HERE
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        total += float(loss)
    print("epoch", epoch, "loss", total)
