"""The same five answers in two lines."""

tf_variable = model_compile = tape_gradient = False
model_fit = apply_gradients = True
