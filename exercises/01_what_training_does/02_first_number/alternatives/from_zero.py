"""Thinking: a square is at least 0, a weight is hardly beyond -2, and (2 + 2)² = 16."""

interval = (0, 16)
confidence = 2
