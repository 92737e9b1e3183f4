"""REINFORCE on a contextual bandit with four arms."""
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(3)
ARMS, CONTEXT = 4, 4
policy = keras.Sequential([keras.Input((CONTEXT,)), keras.layers.Dense(16, activation="tanh"), keras.layers.Dense(ARMS)])
optimizer = keras.optimizers.Adam(0.03)


def pull(context, arm):
    """Reward is higher when the arm belongs to the largest entry of the context."""
    return context[np.arange(len(arm)), arm].astype("float32")


def main(iterations=60, batch=64):
    rewards = []
    for it in range(iterations):
        context = np.random.normal(size=(batch, CONTEXT)).astype("float32")
        logits = policy(context)
        arm = tf.random.categorical(logits, 1)[:, 0].numpy()
        reward = pull(context, arm)
        advantage = (reward - reward.mean()).astype("float32")
        with tf.GradientTape() as tape:
            log_p = tf.nn.log_softmax(policy(context))
            chosen = tf.reduce_sum(log_p * tf.one_hot(arm, ARMS), axis=1)
            loss = -tf.reduce_mean(chosen * advantage)
        grads = tape.gradient(loss, policy.trainable_variables)
        optimizer.apply_gradients(zip(grads, policy.trainable_variables))
        rewards.append(reward.mean())
        if it % 15 == 14:
            print("iteration", it + 1, "mean reward", round(float(np.mean(rewards[-15:])), 3))


if __name__ == "__main__":
    main()
