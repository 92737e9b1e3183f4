# practice: twins
import keras
import tensorflow as tf

extra = keras.layers.Dense(1)
extra.build((None, 1))
extra_optimizer = keras.optimizers.SGD(0.05)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        doubled = extra(prediction)
        loss = tf.reduce_mean(tf.square(y - prediction)) + tf.reduce_mean(tf.square(2 * y - doubled))
    both = tape.gradient(loss, [model.trainable_variables, extra.trainable_variables])
    optimizer.apply_gradients(zip(both[0], model.trainable_variables))
    extra_optimizer.apply_gradients(zip(both[1], extra.trainable_variables))
    return loss
