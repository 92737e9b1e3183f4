"""Three ways to find the best recipe, for cakes with 2, 10 and 100 ingredients. Who gets nearest?"""

# TODO: replace each "?". For a cake, put the three methods in order, the one that leaves the least error first, such as
# ["guess", "keep", "gradient"].
#   "guess"      a fresh random recipe for each try; the best one counts
#   "keep"       a small random change for each try, kept when the cake is better
#   "gradient"   a small step straight downhill, far fewer times
two = "?"
ten = "?"
hundred = "?"

# Why does the number of knobs matter so much? Which of these grows most from 2 knobs to 100?
grew = "?"
#   "distance"   the way to go for each knob
#   "aim"        how much steeper straight down is than a random direction
#   "tries"      the tries there are for each knob
#   "steps"      the steps the gradient needs

# How sure are you?  1 guessing, 2 fairly, 3 certain
confidence = 0
