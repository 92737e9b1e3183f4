import numpy as np
import tensorflow as tf

rng = np.random.RandomState(7)
tf.random.set_seed(7)
N, FEATURES, STEPS = 400, 4, 15

# (sample, sensor, time)
raw = np.cumsum(0.4 * rng.randn(N, FEATURES, STEPS), axis=2)
raw[:, 1:] *= rng.uniform(0.5, 1.5, (N, FEATURES - 1, 1))
target = (raw[:, 0, -1] - raw[:, 0, 0]).astype("float32")[:, None]
seq = tf.reshape(raw.astype("float32"), [N, STEPS, FEATURES])  # HERE

train = tf.data.Dataset.from_tensor_slices((seq[:320], target[:320])).shuffle(320).batch(32)
model = tf.keras.Sequential([
    tf.keras.layers.Input((STEPS, FEATURES)),
    tf.keras.layers.LSTM(24),
    tf.keras.layers.Dense(1),
])
opt = tf.keras.optimizers.Adam(0.01)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(12):
    train_mse = np.mean([train_step(x, y).numpy() for x, y in train])
    test_mse = np.mean((model(seq[320:]).numpy() - target[320:]) ** 2)
    if epoch % 3 == 2:
        print("epoch", epoch + 1, "train", train_mse, "test", test_mse)
