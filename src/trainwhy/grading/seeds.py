"""Secret seeds of one grade: two for each exercise, drawn after everybody handed in, shared by all its files.

Sharing them lets the reference solution be trained once for an exercise, not once for a file. It is done only while
runs are confined: a file must not be able to leave a note for the next one. Everywhere else each file gets seeds of its
own.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from trainwhy import judging

if TYPE_CHECKING:
    from trainwhy.results import Report


class Seeds:
    """Seeds by exercise. Nothing is shared before a report has said that its run was confined whole."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._drawn: dict[str, tuple[int, ...]] = {}
        self._confined = False

    def of(self, exercise: str) -> tuple[int, ...]:
        """Give the seeds for the next file of an exercise."""
        with self._lock:
            if not self._confined:
                return judging.draw()
            if exercise not in self._drawn:
                self._drawn[exercise] = judging.draw()
            return self._drawn[exercise]

    def saw(self, report: Report) -> None:
        """Learn from a report whether runs are confined here; one that was not ends the sharing."""
        if report.seeds:  # something was trained
            with self._lock:
                self._confined = "landlock" in report.sandbox and "seccomp" in report.sandbox
