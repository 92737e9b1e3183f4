"""Activation maximisation: the weights stay, the input is what is optimised (on purpose)."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(94)
pattern = np.random.randn(4, 16).astype("float32")
y = np.random.randint(0, 4, 400)
x = pattern[y] + 0.5 * np.random.randn(400, 16).astype("float32")

model = keras.Sequential([keras.Input((16,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(4)])
model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
h = model.fit(x, y, epochs=6, batch_size=20, verbose=0)
print("classifier loss", [round(v, 3) for v in h.history["loss"]])

# dream up an input of class 2
dream = tf.Variable(tf.random.normal((1, 16), stddev=0.1))
opt = keras.optimizers.Adam(0.1)
for i in range(40):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(dream)
        logits = model(dream, training=False)
        loss = -logits[0, 2] + 0.5 * tf.reduce_sum(tf.square(dream))
    grad = tape.gradient(loss, dream)
    opt.apply_gradients([(grad, dream)])
    if i % 10 == 9:
        print("step", i + 1, "objective", float(loss))
cos = tf.reduce_sum(tf.math.l2_normalize(dream[0], 0) * tf.math.l2_normalize(pattern[2], 0))
print("cosine with the true pattern:", float(cos))
