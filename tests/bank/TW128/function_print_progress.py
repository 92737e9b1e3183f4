import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Embedding, LSTM
from tensorflow.keras.models import Sequential

tf.random.set_seed(2)
np.random.seed(2)

# parity-like toy task: does token 7 occur in the sequence?
docs = np.random.randint(0, 12, size=(400, 8))
has7 = (docs == 7).any(axis=1).astype(np.float32)[:, None]
ds = tf.data.Dataset.from_tensor_slices((docs, has7)).shuffle(400).batch(40)

model = Sequential([Embedding(12, 8), LSTM(16), Dense(1)])
loss_fn = tf.keras.losses.BinaryCrossentropy(from_logits=True)
opt = tf.keras.optimizers.Adam(0.02)
mean_loss = tf.keras.metrics.Mean()


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        out = model(x, training=True)
        loss = loss_fn(y, out)
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    mean_loss.update_state(loss)
    print("batch loss:", loss)  # HERE


for epoch in range(6):
    mean_loss.reset_state()
    for x, y in ds:
        train_step(x, y)
    print("== epoch", epoch, "mean loss", mean_loss.result().numpy())
