import tensorflow as tf
import numpy as np

# matrix factorisation of star ratings (1..5)
tf.random.set_seed(7)
rs = np.random.RandomState(7)
USERS, ITEMS, K = 30, 25, 4
true = 3 + rs.randn(USERS, 2) @ rs.randn(2, ITEMS)
uu, ii = rs.randint(0, USERS, 500), rs.randint(0, ITEMS, 500)
stars = np.clip(np.round(true[uu, ii]), 1, 5).astype("float32")

P = tf.Variable(tf.random.normal((USERS, K), stddev=0.3))
Q = tf.Variable(tf.random.normal((ITEMS, K), stddev=0.3))
mu = tf.Variable(3.0)


@tf.function
def train_step(u, i, r):
    with tf.GradientTape() as tape:
        score = mu + tf.reduce_sum(tf.gather(P, u) * tf.gather(Q, i), axis=1)
        predicted_stars = tf.cast(tf.cast(score, tf.int32), tf.float32)  # HERE
        loss = tf.reduce_mean(tf.square(r - predicted_stars))
    for var, grad in zip((P, Q, mu), tape.gradient(loss, (P, Q, mu))):
        if grad is not None:
            var.assign_sub(0.5 * tf.convert_to_tensor(grad))
    return loss


history = []
for epoch in range(40):
    perm = rs.permutation(500)
    epoch_losses = []
    for start in range(0, 500, 50):
        sel = perm[start:start + 50]
        epoch_losses.append(train_step(tf.constant(uu[sel]), tf.constant(ii[sel]), tf.constant(stars[sel])))
    history.append(float(tf.reduce_mean(epoch_losses)))
print("mse per 10 epochs:", [round(h, 3) for h in history[::10]], "last:", round(history[-1], 3))
