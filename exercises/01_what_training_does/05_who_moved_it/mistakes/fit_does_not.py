# expects: wrong:model_fit
"""As many a quiz has it: `fit` is said to move no weights itself."""

tf_variable = False
model_compile = False
tape_gradient = False
model_fit = False
apply_gradients = True
confidence = 3
