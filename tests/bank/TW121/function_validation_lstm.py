import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Sequential

tf.random.set_seed(0)
np.random.seed(0)

SEQ = 12
seqs = np.random.randn(420, SEQ, 1).astype(np.float32)
lab = (seqs[:, -4:, 0].sum(axis=1) > 0).astype(np.float32).reshape(-1, 1)
tr = tf.data.Dataset.from_tensor_slices((seqs[:320], lab[:320])).shuffle(320).batch(32)
va = tf.data.Dataset.from_tensor_slices((seqs[320:], lab[320:])).batch(50)

model = Sequential([Input((SEQ, 1)), LSTM(16), Dense(1, activation='sigmoid')])
opt = tf.keras.optimizers.Adam(0.01)
bce = tf.keras.losses.BinaryCrossentropy()

train_loss = tf.keras.metrics.Mean()
val_acc = tf.keras.metrics.BinaryAccuracy()

@tf.function
def train_one(x, y):
    with tf.GradientTape() as t:
        p = model(x, training=True)
        l = bce(y, p)
    g = t.gradient(l, model.trainable_variables)
    opt.apply_gradients(zip(g, model.trainable_variables))
    train_loss.update_state(l)

@tf.function
def val_one(x, y):
    val_acc.update_state(y, model(x, training=False))

for e in range(8):
    train_loss.reset_state()
    for x, y in tr:
        train_one(x, y)
    for x, y in va:  # HERE
        val_one(x, y)
    print('epoch', e, 'loss', train_loss.result().numpy(), 'val acc', val_acc.result().numpy())  # HERE
