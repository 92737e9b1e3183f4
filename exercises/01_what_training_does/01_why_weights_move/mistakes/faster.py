# expects: wrong:why
"""The right thing changes, for the wrong reason."""

changed = "weights"
why = "faster"
confidence = 2
