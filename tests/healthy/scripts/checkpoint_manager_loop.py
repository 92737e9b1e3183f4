import tempfile
import numpy as np
import tensorflow as tf

# tf.train.Checkpoint with model AND optimizer, restored half way
tf.random.set_seed(6)
X = np.random.RandomState(6).randn(256, 5).astype("float32")
Y = (X[:, :1] - 2 * X[:, 1:2] * X[:, 2:3]).astype("float32")


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.l1 = tf.keras.layers.Dense(32, activation="relu")
        self.l2 = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.l2(self.l1(x))


def train_epoch(net, opt, ds):
    tot = []
    for x, y in ds:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.abs(net(x, training=True) - y) ** 2)
        g = tape.gradient(loss, net.trainable_variables)
        opt.apply_gradients(zip(g, net.trainable_variables))
        tot.append(loss.numpy())
    return float(np.mean(tot))


ds = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(256).batch(32)
folder = tempfile.mkdtemp()
net, opt = Net(), tf.keras.optimizers.Adam(0.01)
net(X[:1])
opt.build(net.trainable_variables)
ckpt = tf.train.Checkpoint(step=tf.Variable(0), optimizer=opt, net=net)
manager = tf.train.CheckpointManager(ckpt, folder, max_to_keep=2)
for e in range(4):
    print("epoch", e, train_epoch(net, opt, ds))
    ckpt.step.assign_add(1)
manager.save()

net2, opt2 = Net(), tf.keras.optimizers.Adam(0.01)
net2(X[:1])
opt2.build(net2.trainable_variables)
ckpt2 = tf.train.Checkpoint(step=tf.Variable(0), optimizer=opt2, net=net2)
ckpt2.restore(tf.train.latest_checkpoint(folder)).expect_partial()
print("restored at epoch", int(ckpt2.step), "optimizer step", int(opt2.iterations))
for e in range(int(ckpt2.step), 8):
    print("epoch", e, train_epoch(net2, opt2, ds))
tf.io.gfile.rmtree(folder)
