"""What is solved, attempted and predicted: one small JSON document in `<workspace>/.trainwhy/progress.json`.

It is a memory, never evidence: `verify` runs everything again and does not look here.
"""

from trainwhy.progress.record import (
    Prediction,
    Progress,
    Record,
    attempted,
    hint_shown,
    judged,
    moved_to,
    predicted,
    solved,
)
from trainwhy.progress.store import load, save

__all__ = [
    "Prediction",
    "Progress",
    "Record",
    "attempted",
    "hint_shown",
    "judged",
    "load",
    "moved_to",
    "predicted",
    "save",
    "solved",
]
