"""For two knobs the two good methods are equally good, so they may stand the other way round."""

two = ["keep", "gradient", "guess"]
ten = ["gradient", "keep", "guess"]
hundred = ["gradient", "keep", "guess"]
grew = "aim"
confidence = 2
