"""Three ways to find the best recipe, for cakes with 2, 10 and 100 ingredients. Who gets nearest?"""

# With two knobs keeping what is better does as well as the gradient: both are there.
two = ["gradient", "keep", "guess"]
ten = ["gradient", "keep", "guess"]
hundred = ["gradient", "keep", "guess"]

# A random direction is nearly level when there are many of them, and only one is straight down.
grew = "aim"

confidence = 3
