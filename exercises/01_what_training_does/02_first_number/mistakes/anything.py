# expects: wrong:interval
"""So wide that it says nothing."""

interval = (0, 1000)
confidence = 3
