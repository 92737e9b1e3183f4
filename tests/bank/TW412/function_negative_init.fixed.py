import tensorflow as tf
from tensorflow.keras import layers
import numpy as np

np.random.seed(28)
tf.random.set_seed(28)

# pixel intensities in [0, 1]
N = 450
imgs = np.random.rand(N, 6, 6).astype("float32") * 0.5
cls = np.random.randint(0, 3, N)
imgs[cls == 0, :3] += 0.4
imgs[cls == 1, 3:] += 0.4
imgs[cls == 2, :, :3] += 0.4
imgs = imgs.reshape(N, 36)


def make():
    w0 = tf.keras.initializers.RandomUniform(minval=-0.3, maxval=0.3)
    i = tf.keras.Input((36,))
    a = layers.Dense(40, kernel_initializer=w0)(i)
    a = layers.ReLU()(a)
    o = layers.Dense(3)(a)
    return tf.keras.Model(i, o)


net = make()
opt = tf.keras.optimizers.SGD(learning_rate=0.1, momentum=0.9)
data = tf.data.Dataset.from_tensor_slices((imgs, cls)).shuffle(N).batch(30)
loss_metric = tf.keras.metrics.Mean()


@tf.function
def one_step(x, y):
    with tf.GradientTape() as tape:
        logits = net(x, training=True)
        ce = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
        loss = tf.reduce_mean(ce)
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    loss_metric.update_state(loss)


for epoch in range(10):
    loss_metric.reset_state()
    for x, y in data:
        one_step(x, y)
    tf.print("epoch", epoch + 1, "loss", loss_metric.result())
