"""Repairs applied to a run from outside the learner's code: one module, one repair, found by its file name."""
