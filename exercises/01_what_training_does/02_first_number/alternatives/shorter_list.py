"""A little bolder than the whole range, and a list instead of a tuple."""

interval = [0.12, 13.4]
confidence = 1
