# expects: wrong:model_compile
"""Setting up is taken for training."""

tf_variable = False
model_compile = True
tape_gradient = False
model_fit = True
apply_gradients = True
confidence = 2
