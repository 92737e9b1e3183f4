import tensorflow as tf
import numpy as np

# parentheses balanced or not, variable length strings from a generator
CHARS = {"(": 1, ")": 2}


def gen(seed, n):
    rs = np.random.RandomState(seed)
    for _ in range(n):
        length = rs.randint(4, 11)
        if rs.rand() < 0.5:
            s = "".join(rs.choice(["(", ")"], length))
        else:
            k = length // 2
            s = "(" * k + ")" * k
        depth, ok = 0, True
        for ch in s:
            depth += 1 if ch == "(" else -1
            ok = ok and depth >= 0
        yield [CHARS[c] for c in s], float(ok and depth == 0)


signature = (tf.TensorSpec(shape=(None,), dtype=tf.int32), tf.TensorSpec(shape=(), dtype=tf.float32))
train = tf.data.Dataset.from_generator(lambda: gen(1, 400), output_signature=signature).cache().shuffle(400)
train = train.padded_batch(20, padded_shapes=([10], []))
test = tf.data.Dataset.from_generator(lambda: gen(2, 100), output_signature=signature).padded_batch(50, padded_shapes=([10], []))

model = tf.keras.Sequential([
    tf.keras.layers.Embedding(3, 8, mask_zero=True),
    tf.keras.layers.LSTM(16),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(tf.keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
model.fit(train, epochs=5, verbose=2)
print("test", model.evaluate(test, verbose=0))
