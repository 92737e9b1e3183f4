import tensorflow as tf

tf.random.set_seed(1)


class StepUnit(tf.Module):
    def __init__(self, n_in):
        self.kernel = tf.Variable(tf.random.normal((n_in, 1), stddev=0.2), name="kernel")
        self.offset = tf.Variable(tf.zeros((1,)), name="offset")

    def __call__(self, x):
        z = tf.linalg.matmul(x, self.kernel) + self.offset
        return tf.sign(z)  # HERE


points = tf.random.normal((200, 2))
side = tf.where(points[:, :1] - 2 * points[:, 1:] > 0.3, 1.0, -1.0)

unit = StepUnit(2)
rate = 0.3
print("epoch loss")
for epoch in range(60):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.relu(1.0 - side * unit(points)))
    dk, db = tape.gradient(loss, [unit.kernel, unit.offset])
    unit.kernel.assign_sub(rate * dk)
    unit.offset.assign_sub(rate * db)
    if epoch % 12 == 0:
        print(epoch, loss.numpy())
print("end", loss.numpy())
