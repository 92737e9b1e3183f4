"""Tuples say the same as lists."""

grew = "aim"
hundred = ten = ("gradient", "keep", "guess")
two = ("keep", "gradient", "guess")
