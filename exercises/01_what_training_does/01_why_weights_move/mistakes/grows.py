# expects: wrong:changed
"""Training is taken for growth: more parameters, more room."""

changed = "count"
why = "bigger"
confidence = 3
