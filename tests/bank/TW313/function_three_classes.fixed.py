import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, layers, losses, metrics, optimizers

# support tickets: 92 % normal, 5 % urgent, 3 % legal
tf.random.set_seed(5)
rng = np.random.default_rng(5)
y = rng.choice(3, size=900, p=[0.92, 0.05, 0.03])
shift = np.array([[0, 0, 0, 0, 0], [1.2, 0, 0.9, 0, 0], [0, 1.2, 0, 0.9, 0]])
x = (rng.normal(0, 1, (900, 5)) + shift[y]).astype("float32")
counts = np.bincount(y)
print("tickets per class:", counts)

weight = (len(y) / (3.0 * counts))[y].astype("float32")
dataset = tf.data.Dataset.from_tensor_slices((x, y, weight)).shuffle(900).batch(32)


class TicketModel(Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(16, activation="relu")
        self.logits = layers.Dense(3)

    def call(self, inputs):
        return self.logits(self.hidden(inputs))


model = TicketModel()
loss_fn = losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = optimizers.Adam(0.003)
mean_loss = metrics.Mean()


@tf.function
def step(xb, yb, wb):
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, model(xb), sample_weight=wb)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    mean_loss.update_state(loss)


for epoch in range(6):
    mean_loss.reset_state()
    for batch in dataset:
        step(*batch)
    print("epoch", epoch, "loss", mean_loss.result().numpy())

predicted = np.argmax(model(x).numpy(), axis=1)
print("accuracy", (predicted == y).mean(), "predicted per class", np.bincount(predicted, minlength=3))
for c in range(3):
    print("recall of class", c, (predicted[y == c] == c).mean())
