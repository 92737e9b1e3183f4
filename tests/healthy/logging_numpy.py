# practice: regression
# eager only: `.numpy()` for logging
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        print("mean prediction", prediction.numpy().mean(), "first", float(prediction[0, 0]))
        loss = tf.reduce_mean(tf.square(y - prediction))
    print(f"loss {loss.numpy():.4f}", end="\r")
    gradients = tape.gradient(loss, model.trainable_variables)
    for v, g in zip(model.trainable_variables, gradients):
        print(v.path, v.numpy().std(), tf.norm(g).numpy())
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss.numpy()
