# expects: wrong:interval
"""Weights are taken to start near zero, which would give a loss near 4."""

interval = (3, 5)
confidence = 2
