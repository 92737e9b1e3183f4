"""The same five answers from the last to the first."""

confidence = 1
apply_gradients = True
model_fit = True
tape_gradient = False
model_compile = False
tf_variable = False
