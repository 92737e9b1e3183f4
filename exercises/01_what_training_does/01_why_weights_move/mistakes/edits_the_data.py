# expects: wrong:changed
"""Training is taken for a cleaning of the data."""

changed = "data"
why = "closer"
confidence = 2
