"""LearningRateSchedule subclass with warmup (transformer style)."""
import keras
import numpy as np
import tensorflow as tf


class WarmupInverseSqrt(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak=0.01, warmup_steps=30):
        super().__init__()
        self.peak, self.warmup_steps = peak, float(warmup_steps)

    def __call__(self, step):
        step = tf.cast(step, tf.float32) + 1.0
        return self.peak * tf.minimum(step / self.warmup_steps, tf.math.rsqrt(step / self.warmup_steps))


keras.utils.set_random_seed(8)
seq = np.random.randint(0, 10, (640, 8))
label = (seq.sum(axis=1) > 36).astype("int32")

model = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Embedding(10, 8),
    keras.layers.Flatten(),
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(WarmupInverseSqrt(), beta_2=0.98, epsilon=1e-8),
              loss=keras.losses.BinaryCrossentropy(from_logits=True),
              metrics=[keras.metrics.BinaryAccuracy(threshold=0.0, name="acc")])
model.fit(seq[:540], label[:540], batch_size=15, epochs=5, verbose=2, validation_data=(seq[540:], label[540:]))
