# expects: wrong:hundred
"""Trial and error is taken to be as good as the gradient, given enough tries."""

two = ["keep", "gradient", "guess"]
ten = ["gradient", "keep", "guess"]
hundred = ["keep", "guess", "gradient"]
grew = "aim"
confidence = 2
