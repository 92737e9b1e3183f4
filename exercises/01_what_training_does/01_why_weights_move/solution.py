"""A small model learns house prices. What is different afterwards, and what is it good for?"""

# The layers, their number of parameters and the data stay as they are, to the last bit.
changed = "weights"

# Other weights give other predictions; training looks for those with the smaller error.
why = "closer"

confidence = 3
