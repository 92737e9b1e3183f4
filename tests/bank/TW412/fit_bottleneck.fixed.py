import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

rs = np.random.RandomState(55)
tf.random.set_seed(55)

ages = rs.uniform(0.2, 1.0, (400, 1))
income = rs.uniform(0.1, 1.0, (400, 1))
hours = rs.uniform(0.3, 1.0, (400, 1))
table = np.hstack([ages, income, hours]).astype("float32")
spend = (3 * income * ages + hours).astype("float32")
spend = (spend - spend.mean()) / spend.std()


def build_model():
    inp = layers.Input(shape=(3,))
    z = layers.Dense(16, activation="relu", kernel_initializer=tf.keras.initializers.RandomNormal(0.0, 0.6))(inp)
    z = layers.Dense(16, activation="relu")(z)
    return models.Model(inp, layers.Dense(1)(z))


model = build_model()
model.compile("adam", "mse")
model.optimizer.learning_rate = 0.01
log = model.fit(table, spend, epochs=8, batch_size=20, verbose=0)
print("mse by epoch", [round(l, 3) for l in log.history["loss"]])
print("prediction std", model.predict(table, verbose=0).std())
