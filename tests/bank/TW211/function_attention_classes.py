import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(90)

# which of 4 marker tokens appears in the sentence?
n, length, vocab = 400, 10, 30
tokens = np.random.randint(4, vocab, size=(n, length))
answer = np.random.randint(0, 4, size=n)
tokens[np.arange(n), np.random.randint(0, length, n)] = answer
labels = tf.one_hot(answer, 4)

inp = layers.Input((length,), dtype="int32")
e = layers.Embedding(vocab, 16)(inp)
a = layers.MultiHeadAttention(num_heads=2, key_dim=8)(e, e)
h = layers.Add()([e, a])
h = layers.GlobalMaxPooling1D()(h)
out = layers.Dense(4, activation="softmax")(h)
model = tf.keras.Model(inp, out)

optimizer = tf.keras.optimizers.SGD(0.2, momentum=0.5)
loss_object = tf.keras.losses.MeanSquaredError()  # HERE


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        predictions = model(x, training=True)
        loss = loss_object(y, predictions)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss, predictions


ds = tf.data.Dataset.from_tensor_slices((tokens.astype("int32"), labels)).shuffle(n).batch(20)
for epoch in range(6):
    ls, ok = [], []
    for x, y in ds:
        l, p = train_step(x, y)
        ls.append(float(l))
        ok.append(np.mean(np.argmax(p, 1) == np.argmax(y, 1)))
    print("epoch", epoch, "loss", np.mean(ls), "acc", np.mean(ok))
