# practice: classification
import keras
import tensorflow as tf


def train(model, optimizer, data):
    loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    mean, accuracy = keras.metrics.Mean(), keras.metrics.SparseCategoricalAccuracy()
    for epoch in range(5):
        mean.reset_state()
        accuracy.reset_state()
        for x, y in data:
            with tf.GradientTape() as tape:
                logits = model(x, training=True)
                loss = loss_fn(y, logits)
                accuracy.update_state(y, logits)
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            mean.update_state(loss)
        print(f"epoch {epoch}: {mean.result():.4f} {accuracy.result():.3f}")
