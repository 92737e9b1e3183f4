# expects: wrong:interval
"""The well-known wrong key: a positive number close to 1.0."""

interval = (0.9, 1.1)
confidence = 3
