import tensorflow as tf

tf.random.set_seed(21)
g = tf.random.Generator.from_seed(21)
features = g.normal((256, 4))
true_w = tf.constant([[1.5], [-2.0], [0.5], [0.0]])
labels = tf.cast(features @ true_w > 0.2, tf.float32)


class LogisticRegression(tf.Module):
    def __init__(self, dim):
        super().__init__()
        self.w = tf.Variable(tf.zeros([dim, 1]), name="w")
        self.b = tf.Variable(tf.zeros([1]), name="b")

    def __call__(self, x):
        return tf.matmul(x, self.w) + self.b


def log_loss(logits, y):
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits))


def train(model, x, y, lr=0.8, iters=60):
    history = []
    for i in range(iters):
        with tf.GradientTape() as tape:
            logits = model(x)
            loss = log_loss(logits, y)
        for var, grad in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
            if grad is not None:
                var.assign_sub(lr * grad)
        history.append(float(loss))
    return history


if __name__ == "__main__":
    model = LogisticRegression(4)
    hist = train(model, features, labels)
    print("first", hist[0], "last", hist[-1])
    acc = tf.reduce_mean(tf.cast((model(features) > 0) == (labels > 0.5), tf.float32))
    print("train accuracy", float(acc))
