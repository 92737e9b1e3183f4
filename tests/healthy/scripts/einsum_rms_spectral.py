import tensorflow as tf
import keras
import numpy as np
from keras import layers

# a gated mlp-mixer-like thing: EinsumDense, RMSNormalization, SpectralNormalization, custom loop
keras.utils.set_random_seed(19)
T, D = 8, 6
x = np.random.randn(384, T, D).astype("float32")
y = (x[:, ::2].mean(axis=(1, 2)) - x[:, 1::2].mean(axis=(1, 2)) > 0).astype("int32")

inp = keras.Input((T, D))
h = layers.RMSNormalization()(inp)
h = layers.EinsumDense("btd,ts->bsd", output_shape=(T, D))(h)
h = layers.Activation("gelu")(h)
h = layers.Add()([inp, h])
h = layers.EinsumDense("btd,de->bte", output_shape=(T, 12), bias_axes="e", activation="relu")(h)
h = layers.Flatten()(h)
h = layers.SpectralNormalization(layers.Dense(24, activation="relu"))(h)
model = keras.Model(inp, layers.Dense(2)(h))

opt = keras.optimizers.AdamW(0.01, weight_decay=1e-4)
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
acc = keras.metrics.SparseCategoricalAccuracy()


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        out = model(xb, training=True)
        loss = ce(yb, out)
    opt.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    acc.update_state(yb, out)
    return loss


ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(384).batch(24)
for epoch in range(7):
    acc.reset_state()
    mean = np.mean([step(a, b) for a, b in ds])
    print(f"epoch {epoch} loss {mean:.3f} accuracy {float(acc.result()):.3f}")
