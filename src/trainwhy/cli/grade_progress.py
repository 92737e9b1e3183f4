"""How far a class is: a bar with an estimate on a terminal, a line now and then everywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from trainwhy.cli import talk

if TYPE_CHECKING:
    from trainwhy.cli.screen import Screen

EVERY = 10.0  # seconds between lines where nothing can be redrawn
ENOUGH = 5.0  # seconds before an estimate means anything


class Progress(Protocol):
    """What the work tells as it goes on."""

    def waiting(self, words: str) -> None:
        """Say what is being waited for before anything is judged."""
        ...

    def judged(self, words: str) -> None:
        """Count one more file."""
        ...


@contextmanager
def showing(screen: Screen, total: int) -> Iterator[Progress]:
    """Show how many of `total` files are judged while the block runs."""
    if screen.live and not screen.quiet and sys.stderr.isatty():
        with _bar(screen, total) as bar:
            yield bar
    else:
        yield Lines(screen, total)


class Lines:
    """Says a line when ten seconds have passed since the last one."""

    def __init__(self, screen: Screen, total: int) -> None:
        self._screen = screen
        self._total = total
        self._done = 0
        self._began = self._last = time.monotonic()
        self._said = ""

    def waiting(self, words: str) -> None:
        """Say it once."""
        if words != self._said:
            self._said = words
            talk.aside(self._screen, f"  {words}")

    def judged(self, words: str) -> None:
        """Count one more file, and say so now and then."""
        del words
        self._done += 1
        now = time.monotonic()
        if now - self._last >= EVERY and self._done < self._total:
            self._last = now
            left = (now - self._began) / self._done * (self._total - self._done)
            talk.aside(self._screen, f"  {self._done} of {self._total} files judged, about {duration(left)} left")


@contextmanager
def _bar(screen: Screen, total: int) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True, no_color=not screen.color, width=screen.width, highlight=False, emoji=False)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}", markup=False),
    )
    with Bars(*columns, console=console, transient=True, expand=True) as bars:
        yield _Bar(bars, total)


class _Bar:
    """A line that is redrawn, and gone when all is judged."""

    def __init__(self, bars: object, total: int) -> None:
        self._bars = bars
        self._total = total
        self._done = 0
        self._began = time.monotonic()
        self._task = bars.add_task("loading TensorFlow", total=total, left="")  # type: ignore[attr-defined]

    def waiting(self, words: str) -> None:
        self._bars.update(self._task, description=words)  # type: ignore[attr-defined]

    def judged(self, words: str) -> None:
        self._done += 1
        passed = time.monotonic() - self._began
        left = passed / self._done * (self._total - self._done)
        said = f"about {duration(left)} left" if passed > ENOUGH and self._done < self._total else ""
        self._bars.update(self._task, description=words, completed=self._done, left=said)  # type: ignore[attr-defined]


def duration(seconds: float) -> str:
    """Write seconds as somebody would say them: 40 s, 3 min, 2 h 10 min."""
    if seconds < 90:  # noqa: PLR2004 - up to there seconds say more
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004 - an hour
