import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Layer, Input, Dense
from tensorflow.keras.models import Model


class AttentionPool(Layer):
    def __init__(self, dim, **kw):
        super(AttentionPool, self).__init__(**kw)
        self.dim = dim

    def build(self, input_shape):
        self.query = tf.Variable(tf.zeros([self.dim, 1]), name="query")  # HERE

    def call(self, x):
        scores = tf.nn.softmax(tf.matmul(x, self.query), axis=1)
        return tf.reduce_sum(scores * x, axis=1)


np.random.seed(123)
tf.random.set_seed(123)
N, T, D = 480, 10, 4
X = np.random.randn(N, T, D).astype("float32")
marked = np.random.randint(0, T, N)
X[:, :, 3] = 0.0
X[np.arange(N), marked, 3] = 2.0
Y = X[np.arange(N), marked, 0]

inp = Input((T, D))
pooled = AttentionPool(D)(inp)
out = Dense(1)(pooled)
model = Model(inp, out)
model.compile(optimizer=tf.keras.optimizers.Adam(0.05), loss='mse')
hist = model.fit(X, Y, epochs=10, batch_size=24, verbose=0, validation_split=0.1)
print('loss    ', np.round(hist.history['loss'], 3))
print('val_loss', np.round(hist.history['val_loss'], 3))
