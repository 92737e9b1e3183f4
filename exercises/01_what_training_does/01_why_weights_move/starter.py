"""A small model learns house prices. What is different afterwards, and what is it good for?"""

# TODO: replace each "?" by one of the words below it.

# Which of these four does training change?
changed = "?"
#   "data"      the input rows
#   "count"     the number of parameters
#   "weights"   the weights
#   "layers"    the list of layers

# And what does that change buy?
why = "?"
#   "data"      cleaner data
#   "closer"    predictions closer to the true prices
#   "faster"    faster predictions
#   "bigger"    a bigger model with more room

# How sure are you?  1 guessing, 2 fairly, 3 certain
confidence = 0
