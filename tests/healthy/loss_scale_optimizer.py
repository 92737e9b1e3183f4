# practice: regression
import keras
import tensorflow as tf


def train(model, optimizer, data):
    scaled = keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(0.05), initial_scale=1024.0)
    scaled.build(model.trainable_variables)
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
                big = scaled.scale_loss(loss)
            scaled.apply(tape.gradient(big, model.trainable_variables), model.trainable_variables)
