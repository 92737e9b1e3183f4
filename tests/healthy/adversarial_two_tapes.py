# practice: regression
import keras
import tensorflow as tf

critic = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
critic_optimizer = keras.optimizers.SGD(0.01)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as model_tape, tf.GradientTape() as critic_tape:
        fake = model(x, training=True)
        real_score = critic(tf.concat([x, y], axis=1), training=True)
        fake_score = critic(tf.concat([x, fake], axis=1), training=True)
        critic_loss = tf.reduce_mean(tf.nn.softplus(-real_score)) + tf.reduce_mean(tf.nn.softplus(fake_score))
        model_loss = tf.reduce_mean(tf.square(y - fake)) + 0.05 * tf.reduce_mean(tf.nn.softplus(-fake_score))
    model_gradients = model_tape.gradient(model_loss, model.trainable_variables)
    critic_gradients = critic_tape.gradient(critic_loss, critic.trainable_variables)
    optimizer.apply_gradients(zip(model_gradients, model.trainable_variables))
    critic_optimizer.apply_gradients(zip(critic_gradients, critic.trainable_variables))
    return model_loss
