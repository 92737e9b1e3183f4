"""Both answers, and no word on how sure."""

changed = "weights"
why = "closer"
