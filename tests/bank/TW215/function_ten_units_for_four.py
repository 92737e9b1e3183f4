import tensorflow as tf
import numpy as np
from tensorflow.keras import Model
from tensorflow.keras.layers import Conv2D, Dense, Flatten

# adapted from the beginner tutorial, with my own pictures of road signs
rng = np.random.default_rng(71)
y = rng.integers(0, 4, size=320)
x = rng.normal(0, 0.25, size=(320, 9, 9, 1))
shapes = np.zeros((4, 9, 9))
shapes[0, 2:7, 2:7] = 1
shapes[1, 4, :] = 1
shapes[2, :, 4] = 1
shapes[3][np.diag_indices(9)] = 1
x[..., 0] += shapes[y]
train_ds = tf.data.Dataset.from_tensor_slices((x.astype("float32"), y)).shuffle(320).batch(32)


class MyModel(Model):
    def __init__(self):
        super().__init__()
        self.conv1 = Conv2D(8, 3, activation='relu')
        self.flatten = Flatten()
        self.d1 = Dense(32, activation='relu')
        self.d2 = Dense(10)  # HERE

    def call(self, x):
        x = self.conv1(x)
        x = self.flatten(x)
        x = self.d1(x)
        return self.d2(x)


tf.random.set_seed(71)
model = MyModel()
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam()
train_loss = tf.keras.metrics.Mean(name='train_loss')
train_accuracy = tf.keras.metrics.SparseCategoricalAccuracy(name='train_accuracy')


@tf.function
def train_step(images, labels):
    with tf.GradientTape() as tape:
        predictions = model(images, training=True)
        loss = loss_object(labels, predictions)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    train_loss(loss)
    train_accuracy(labels, predictions)


for epoch in range(5):
    train_loss.reset_state()
    train_accuracy.reset_state()
    for images, labels in train_ds:
        train_step(images, labels)
    print(f'Epoch {epoch + 1}, Loss: {train_loss.result():0.2f}, Accuracy: {train_accuracy.result() * 100:0.2f}')
print('output shape', model(x[:1].astype("float32")).shape, 'classes', len(set(y)))
