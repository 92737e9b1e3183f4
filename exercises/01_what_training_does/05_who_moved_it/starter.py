"""Five famous lines. Which of them moves a weight of the model?"""

# TODO: write True (it moves a weight) or False (it does not) for each line.

# tf.Variable(w)
tf_variable = "?"

# model.compile(optimizer=..., loss=...)
model_compile = "?"

# gradients = tape.gradient(loss, weights)
tape_gradient = "?"

# model.fit(x, y)
model_fit = "?"

# optimizer.apply_gradients(zip(gradients, weights))
apply_gradients = "?"

# How sure are you?  1 guessing, 2 fairly, 3 certain
confidence = 0
