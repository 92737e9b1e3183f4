import numpy as np
import tensorflow as tf

tf.random.set_seed(99)
np.random.seed(99)

VOCAB, LENGTH = 40, 12
# sentiment toy: words 0..9 are positive, 10..19 negative, rest neutral
texts = np.random.randint(0, VOCAB, size=(500, LENGTH))
score = ((texts < 10).sum(1) - ((texts >= 10) & (texts < 20)).sum(1))
keep = score != 0
texts, sentiment = texts[keep], (score[keep] > 0).astype("float32")[:, None]

inputs = tf.keras.Input(shape=(LENGTH,), dtype="int32")
z = tf.keras.layers.Embedding(VOCAB, 16)(inputs)
z = tf.keras.layers.GlobalAveragePooling1D()(z)
z = tf.keras.layers.Dense(16, activation="relu")(z)
outputs = tf.keras.layers.Dense(1)(z)
model = tf.keras.Model(inputs, outputs)

bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
adam = tf.keras.optimizers.Adam(learning_rate=2e-2)
ds = tf.data.Dataset.from_tensor_slices((texts, sentiment)).shuffle(1000).batch(25, drop_remainder=True)


@tf.function
def train_on(batch_x, batch_y):
    with tf.GradientTape() as tape:
        loss = bce(batch_y, model(batch_x, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    adam.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


for ep in range(8):
    history = [float(train_on(bx, by)) for bx, by in ds]
    print("ep", ep, "first", round(history[0], 3), "mean", round(sum(history) / len(history), 3))
