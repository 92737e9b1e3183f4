import numpy as np
import tensorflow as tf

# custom loss with one value per sample; fit does the averaging
tf.keras.utils.set_random_seed(2)


def per_sample_huber(y_true, y_pred):
    e = tf.abs(y_true - y_pred)
    return tf.squeeze(tf.where(e < 1.0, 0.5 * e * e, e - 0.5), axis=-1)


X = np.random.uniform(-2, 2, (400, 2)).astype(np.float32)
Y = (X[:, 0] ** 2 - X[:, 1])[:, None].astype(np.float32)
Y[::40] += 8  # some outliers

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Input((2,)))
model.add(tf.keras.layers.Dense(32, activation="relu"))
model.add(tf.keras.layers.Dense(32, activation="relu"))
model.add(tf.keras.layers.Dense(1))
model.compile(loss=per_sample_huber, optimizer=tf.keras.optimizers.RMSprop(0.005))

history = model.fit(X, Y, epochs=10, batch_size=20, verbose=0)
print("first", history.history["loss"][0])
print("last ", history.history["loss"][-1])
prediction = model.predict(X[:5], verbose=0)
for p, t in zip(prediction[:, 0], Y[:5, 0]):
    print("%.2f  (true %.2f)" % (p, t))
