"""Bag of tokens sentiment with TextVectorization."""
import random
import tensorflow as tf
from tensorflow.keras import layers

random.seed(0)
tf.random.set_seed(0)
GOOD = ["great", "lovely", "superb", "wonderful", "fun"]
BAD = ["awful", "boring", "terrible", "poor", "dull"]
FILL = ["the", "movie", "was", "a", "really", "film", "and", "plot", "with", "actors"]


def sentence(positive):
    words = random.choices(FILL, k=7) + random.choices(GOOD if positive else BAD, k=2)
    random.shuffle(words)
    return " ".join(words) + "!"


labels = [random.randint(0, 1) for _ in range(400)]
texts = [sentence(l) for l in labels]

raw_train = tf.data.Dataset.from_tensor_slices((texts[:320], labels[:320])).shuffle(320).batch(16)
raw_val = tf.data.Dataset.from_tensor_slices((texts[320:], labels[320:])).batch(16)

vectorize_layer = layers.TextVectorization(max_tokens=100, output_mode="int", output_sequence_length=10)
vectorize_layer.adapt(raw_train.map(lambda x, y: x))

train_ds = raw_train.map(lambda x, y: (vectorize_layer(x), y)).prefetch(tf.data.AUTOTUNE)
val_ds = raw_val.map(lambda x, y: (vectorize_layer(x), y)).prefetch(tf.data.AUTOTUNE)

model = tf.keras.Sequential([
    layers.Embedding(101, 8),
    layers.Dropout(0.2),
    layers.GlobalAveragePooling1D(),
    layers.Dropout(0.2),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(loss=tf.keras.losses.BinaryCrossentropy(), optimizer=tf.keras.optimizers.Adam(0.02),
              metrics=[tf.keras.metrics.BinaryAccuracy(threshold=0.5)])
model.fit(train_ds, validation_data=val_ds, epochs=6, verbose=2)
