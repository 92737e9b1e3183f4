import numpy as np
import tensorflow as tf

tf.random.set_seed(17)
np.random.seed(17)

VOCAB, LENGTH = 300, 14
docs = np.random.randint(1, VOCAB, (640, LENGTH))
# topic words 1..30 make a text "sports"
topic = np.random.rand(640) < 0.5
for i in np.where(topic)[0]:
    docs[i, np.random.choice(LENGTH, 5, replace=False)] = np.random.randint(1, 31, 5)
label = topic.astype("float32").reshape(-1, 1)

train_docs, train_label = docs[:520], label[:520]
test_docs, test_label = docs[520:], label[520:]

train_set = tf.data.Dataset.from_tensor_slices((train_docs, train_label)).shuffle(520).batch(40)
valid_set = tf.data.Dataset.from_tensor_slices((test_docs, test_label)).batch(40)

model = tf.keras.Sequential([
    tf.keras.layers.Input((LENGTH,)),
    tf.keras.layers.Embedding(VOCAB, 8),
    tf.keras.layers.GlobalMaxPooling1D(),
    tf.keras.layers.Dense(8, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
bce = tf.keras.losses.BinaryCrossentropy()
opt = tf.keras.optimizers.Adam(0.02)
valid_acc = tf.keras.metrics.BinaryAccuracy()

for epoch in range(5):
    train_losses = []
    for x, y in train_set:
        with tf.GradientTape() as tape:
            loss = bce(y, model(x, training=True))
        g = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(g, model.trainable_variables))
        train_losses.append(float(loss))
    valid_acc.reset_state()
    for x, y in valid_set:
        valid_acc.update_state(y, model(x, training=False))
    print("epoch", epoch, "train loss", round(np.mean(train_losses), 4), "validation accuracy", float(valid_acc.result()))
