# practice: regression
import keras
import tensorflow as tf


def train(model, optimizer, data):
    start = keras.models.clone_model(model)
    start.set_weights(model.get_weights())
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                prediction = model(x, training=True)
                loss = tf.reduce_mean(tf.square(y - prediction))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            gap = tf.reduce_mean(tf.abs(start.predict(x, verbose=0) - prediction))
        print(epoch, gap.numpy())
