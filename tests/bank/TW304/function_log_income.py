import numpy as np
import tensorflow as tf

np.random.seed(9)
tf.random.set_seed(9)

n = 480
income = np.random.lognormal(3.0, 0.6, n)
income[np.random.rand(n) < 0.05] = 0.0          # unemployed
years = np.random.uniform(0, 30, n)
limit = 0.5 * np.log1p(income) + 0.03 * years + np.random.normal(0, 0.1, n)

log_income = np.log(income)  # HERE
feats = np.stack([log_income, years / 15.0 - 1.0], axis=-1).astype(np.float32)
target = (limit - limit.mean()).astype(np.float32).reshape(-1, 1)

train_ds = tf.data.Dataset.from_tensor_slices((feats, target))
train_ds = train_ds.shuffle(n).batch(32).prefetch(tf.data.AUTOTUNE)

inp = tf.keras.Input((2,))
z = tf.keras.layers.Dense(32, activation="relu")(inp)
z = tf.keras.layers.Dense(32, activation="relu")(z)
reg = tf.keras.Model(inp, tf.keras.layers.Dense(1)(z), name="credit")
optimizer = tf.keras.optimizers.Adam(5e-3)
loss_obj = tf.keras.losses.MeanAbsoluteError()


@tf.function
def train_on(batch_x, batch_y):
    with tf.GradientTape() as tape:
        loss = loss_obj(batch_y, reg(batch_x, training=True))
    gradients = tape.gradient(loss, reg.trainable_variables)
    optimizer.apply_gradients(zip(gradients, reg.trainable_variables))
    return loss


for ep in range(8):
    tot = 0.0
    cnt = 0
    for bx, by in train_ds:
        tot += train_on(bx, by).numpy()
        cnt += 1
    print("Epoch %02d | MAE %.4f" % (ep + 1, tot / cnt))
