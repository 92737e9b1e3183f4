# expects: wrong:two
"""With two knobs luck does well, but not as well as keeping what is better."""

two = ["guess", "gradient", "keep"]
ten = ["gradient", "keep", "guess"]
hundred = ["gradient", "keep", "guess"]
grew = "aim"
confidence = 1
