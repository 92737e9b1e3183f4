"""Five famous lines. Which of them moves a weight of the model?"""

# It makes a new variable beside the model's.
tf_variable = False

# It notes which optimizer and which loss to use later.
model_compile = False

# It finds a direction and goes nowhere.
tape_gradient = False

# It does everything, apply included, once for each batch.
model_fit = True

# It takes the step.
apply_gradients = True

confidence = 3
