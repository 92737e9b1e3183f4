# practice: modes
import keras
import tensorflow as tf


def train(model, optimizer, data):
    teacher = keras.models.clone_model(model)
    teacher.set_weights(model.get_weights())
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                prediction = model(x, training=True)
                calm = tf.stop_gradient(teacher(x, training=False))
                loss = tf.reduce_mean(tf.square(y - prediction)) + 0.1 * tf.reduce_mean(tf.square(calm - prediction))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            for slow, fast in zip(teacher.variables, model.variables):
                if "seed" not in slow.path:
                    slow.assign(0.9 * slow + 0.1 * fast)
