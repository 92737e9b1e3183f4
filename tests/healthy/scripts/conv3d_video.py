import numpy as np
import tensorflow as tf

# does the blob move left or right?
rs = np.random.RandomState(4)
clips = np.zeros((240, 5, 8, 8, 1), "float32")
direction = rs.randint(0, 2, 240)
for i in range(240):
    row = rs.randint(1, 7)
    start = rs.randint(0, 4)
    for f in range(5):
        col = start + f if direction[i] else 7 - start - f
        clips[i, f, row, np.clip(col, 0, 7)] = 1.0
clips += 0.05 * rs.randn(*clips.shape).astype("float32")

model = tf.keras.Sequential([
    tf.keras.layers.Input((5, 8, 8, 1)),
    tf.keras.layers.Conv3D(12, (2, 3, 3), activation="relu"),
    tf.keras.layers.MaxPooling3D((2, 1, 1)),
    tf.keras.layers.Conv3D(12, (2, 3, 3), activation="relu"),
    tf.keras.layers.GlobalMaxPooling3D(),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
h = model.fit(clips[:200], direction[:200], epochs=10, batch_size=16, verbose=0)
for loss, acc in zip(h.history["loss"], h.history["accuracy"]):
    print(f"{loss:.3f} {acc:.3f}")
print(model.evaluate(clips[200:], direction[200:], verbose=0))
