# expects: wrong:interval
"""Random weights can be negative; a squared error cannot."""

interval = (-2, 14)
confidence = 2
