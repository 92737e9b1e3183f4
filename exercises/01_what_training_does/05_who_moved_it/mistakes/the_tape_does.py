# expects: wrong:tape_gradient
"""Finding the direction is taken for going there."""

tf_variable = False
model_compile = False
tape_gradient = True
model_fit = True
apply_gradients = True
confidence = 2
