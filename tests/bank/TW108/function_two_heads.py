import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(15)
x = rng.normal(size=(360, 8)).astype("float32")
age = (x[:, :1] * 0.8 + x[:, 1:2]).astype("float32")
gender = (x[:, 2] - x[:, 3] > 0).astype("float32")[:, None]

inp = keras.Input((8,))
trunk = keras.layers.Dense(24, activation="relu", name="trunk")(inp)
age_out = keras.layers.Dense(1, name="age")(trunk)
gender_out = keras.layers.Dense(1, name="gender")(trunk)
model = keras.Model(inp, [age_out, gender_out])

opt = keras.optimizers.Adam(0.01)
mse = keras.losses.MeanSquaredError()
bce = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def train_step(xb, ab, gb):
    with tf.GradientTape() as tape:
        a, g = model(xb, training=True)
        age_loss = mse(ab, a)
        gender_loss = bce(gb, g)
        loss = age_loss  # HERE
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return age_loss, gender_loss


ds = tf.data.Dataset.from_tensor_slices((x, age, gender)).shuffle(360).batch(36)
for epoch in range(8):
    logs = np.mean([[float(v) for v in train_step(*b)] for b in ds], axis=0)
    print(f"epoch {epoch}: age {logs[0]:.4f} gender {logs[1]:.4f}")
