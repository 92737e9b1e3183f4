# expects: wrong:grew
"""The gradient is taken to need more steps when there are more knobs."""

two = ["gradient", "keep", "guess"]
ten = ["gradient", "keep", "guess"]
hundred = ["gradient", "keep", "guess"]
grew = "steps"
confidence = 2
