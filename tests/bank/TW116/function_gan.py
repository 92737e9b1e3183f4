# crashes
import keras
import tensorflow as tf

keras.utils.set_random_seed(4)

generator = keras.Sequential([keras.Input((2,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
critic = keras.Sequential([keras.Input((1,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
opt = keras.optimizers.Adam(0.002)
bce = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def train_step(real):
    noise = tf.random.normal((64, 2))
    with tf.GradientTape() as ct, tf.GradientTape() as gt:
        fake = generator(noise)
        r, f = critic(real), critic(fake)
        c_loss = bce(tf.ones_like(r), r) + bce(tf.zeros_like(f), f)
        g_loss = bce(tf.ones_like(f), f)
    opt.apply_gradients(zip(ct.gradient(c_loss, critic.trainable_variables), critic.trainable_variables))
    opt.apply_gradients(zip(gt.gradient(g_loss, generator.trainable_variables), generator.trainable_variables))  # HERE
    return c_loss, g_loss, tf.reduce_mean(fake)


for i in range(300):
    c, g, m = train_step(tf.random.normal((64, 1), mean=1.5, stddev=0.4))
    if i % 60 == 0:
        print(i, "critic", float(c), "generator", float(g), "mean of fakes", float(m))
