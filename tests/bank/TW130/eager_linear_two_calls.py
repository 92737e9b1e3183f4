# crashes
import tensorflow as tf
import numpy as np

np.random.seed(1)
x = np.random.rand(100).astype(np.float32) * 2 - 1
y = 3.0 * x + 2.0 + np.random.normal(0, 0.1, 100).astype(np.float32)

class LinearModel:
    def __init__(self):
        self.weight = tf.Variable(0.0)
        self.bias = tf.Variable(0.0)

    def __call__(self, inputs):
        return self.weight * inputs + self.bias

def loss_fn(target, predicted):
    return tf.reduce_mean(tf.square(target - predicted))

def train(model, inputs, outputs, learning_rate):
    with tf.GradientTape() as t:  # HERE
        current_loss = loss_fn(outputs, model(inputs))
    dw = t.gradient(current_loss, model.weight)
    db = t.gradient(current_loss, model.bias)  # HERE
    model.weight.assign_sub(learning_rate * dw)
    model.bias.assign_sub(learning_rate * db)
    return current_loss

model = LinearModel()
for epoch in range(40):
    current_loss = train(model, x, y, learning_rate=0.2)
    if epoch % 5 == 0:
        print('Epoch %2d: W=%1.2f b=%1.2f loss=%2.5f' %
              (epoch, model.weight.numpy(), model.bias.numpy(), current_loss))
