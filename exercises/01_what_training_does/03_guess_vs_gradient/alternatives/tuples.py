"""Tuples say the same as lists."""

grew = "aim"
hundred = ("gradient", "keep", "guess")
ten = ("gradient", "keep", "guess")
two = ("keep", "gradient", "guess")
