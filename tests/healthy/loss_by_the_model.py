# practice: modes
import tensorflow as tf


def train_step(model, optimizer, x, y):
    if not model.compiled:
        model.compile(loss="mse")
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = model.compute_loss(x=x, y=y, y_pred=prediction, training=True)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
