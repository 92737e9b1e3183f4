import tensorflow as tf
import numpy as np
from tensorflow.keras import layers

np.random.seed(60)
x = np.random.randn(384, 9).astype(np.float32)
y_reg = (x[:, :3].sum(1, keepdims=True) * 0.5).astype(np.float32)
y_cls = (x[:, 3:4] * x[:, 4:5] > 0).astype(np.float32)


class TwoHeads(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.shared = [layers.Dense(40, activation="relu"), layers.Dense(40, activation="relu")]
        self.reg = layers.Dense(1)
        self.cls = layers.Dense(1)

    def call(self, x):
        for l in self.shared:
            x = l(x)
        return self.reg(x), self.cls(x)


model = TwoHeads()
opt = tf.keras.optimizers.Adam(5e-3)
mse = tf.keras.losses.MeanSquaredError()
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
ds = tf.data.Dataset.from_tensor_slices((x, y_reg, y_cls)).shuffle(384).batch(32)

for epoch in range(6):
    reg_hist, cls_hist = [], []
    for xb, yr, yc in ds:
        with tf.GradientTape() as tape:
            pr, pc = model(xb, training=True)
            loss_reg = mse(yr, pr)
            loss_cls = bce(yc, pc)
            loss = loss_reg + loss_cls
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        reg_hist.append(loss_reg)
        cls_hist.append(loss_cls)
    print("epoch %d: regression %.3f classification %.3f" % (epoch + 1, np.mean(reg_hist), np.mean(cls_hist)))
