import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(22)
tf.random.set_seed(22)
x = np.random.rand(360, 9).astype("float32") * 2 - 1
y = (x[:, 0] + x[:, 4] - x[:, 8] > 0).astype("float32").reshape(-1, 1)

backbone = keras.Sequential([
    keras.Input((9,)),
    keras.layers.Dense(64, activation="tanh"),
    keras.layers.Dense(32, activation="tanh"),
], name="backbone")
head = keras.Sequential([keras.Input((32,)), keras.layers.Dense(1)], name="head")

# stage 1: train the new head, leave the backbone as it is
variables_to_train = backbone.trainable_variables  # HERE
head_before = head.get_weights()[0].copy()
optimizer = keras.optimizers.Adam(0.02)


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        logits = head(backbone(xb))
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=yb, logits=logits))
    gradients = tape.gradient(loss, variables_to_train)
    optimizer.apply_gradients(zip(gradients, variables_to_train))
    return loss


for epoch in range(8):
    losses = []
    for xb, yb in tf.data.Dataset.from_tensor_slices((x, y)).shuffle(360).batch(36):
        losses.append(train_step(xb, yb))
    print("epoch", epoch, "loss", tf.reduce_mean(losses).numpy())
print("head moved by", np.abs(head.get_weights()[0] - head_before).max())
