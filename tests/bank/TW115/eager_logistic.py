import tensorflow as tf
import numpy as np
import keras

np.random.seed(29)
feats = np.random.randn(200, 4).astype("float32")
lab = (feats[:, :1] - 0.5 * feats[:, 2:3] > 0).astype("float32")
bce = keras.losses.BinaryCrossentropy(from_logits=True)


def new_model():
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation="tanh"), keras.layers.Dense(1)])


def descend(model, rate):
    with tf.GradientTape() as tape:
        loss = bce(lab, model(feats))
    for w, g in zip(model.trainable_weights, tape.gradient(loss, model.trainable_weights)):
        w.assign_sub(rate * g)
    return loss.numpy()


losses = []
for i in range(40):
    clf = new_model()  # HERE
    losses.append(descend(clf, 0.5))
    if i % 8 == 0:
        print("iteration", i, "loss", losses[-1])
print("last five:", losses[-5:])
