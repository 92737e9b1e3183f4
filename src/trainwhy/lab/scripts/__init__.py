"""A whole script of the user's own: run as it is, watched from outside, its steps and epochs found by what it does."""
