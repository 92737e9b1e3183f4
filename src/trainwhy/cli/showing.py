"""Which face speaks, and what it says around one run: rows as they arrive, then the rest."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from trainwhy.cli import talk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trainwhy.cli.face import Face
    from trainwhy.cli.screen import Screen
    from trainwhy.faces.style import Style
    from trainwhy.results import Epoch, Progress, Report


def face(screen: Screen) -> Face:
    """Pick the face: for eyes, or for ears."""
    if screen.plain:
        from trainwhy.faces import plain

        return plain
    from trainwhy.faces import terminal

    return terminal


def style(screen: Screen) -> Style:
    """Tell the face what the screen can show."""
    from trainwhy.faces.style import Style

    return Style(width=screen.width, color=screen.color, unicode=screen.unicode, links=screen.links)


def blocks(parts: Sequence[str]) -> str:
    """Join finished blocks with one blank line between them, leaving out the empty ones."""
    return "\n".join(part for part in parts if part)


class Waiting:
    """One line on stderr that says what is being waited for, and is wiped without a trace. Only on a live terminal."""

    def __init__(self, screen: Screen) -> None:
        self._live = screen.live and not screen.quiet and sys.stderr.isatty()
        self._shown = self._words = ""

    def say(self, words: str) -> None:
        """Show what is being waited for, in place of what was shown before."""
        self.clear()
        if self._live:
            self._words = words
            self._shown = f"  {words} ..."
            sys.stderr.write(self._shown)
            sys.stderr.flush()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Take the line away while something else is printed."""
        words = self._words
        self.clear()
        yield
        if words:
            self.say(words)

    def clear(self) -> None:
        """Wipe the line, without escape sequences, so that NO_COLOR terminals stay free of them."""
        if self._shown:
            sys.stderr.write("\r" + " " * len(self._shown) + "\r")
            sys.stderr.flush()
            self._shown = self._words = ""


class Rows:
    """Prints the table of a run while it happens."""

    def __init__(self, screen: Screen, epochs: int) -> None:
        self._screen = screen
        self._total = epochs
        self._reference: tuple[Epoch, ...] = ()
        self._previous: float | None = None
        self._start: float | None = None
        self.waiting = Waiting(screen)
        self.printed = 0

    def listen(self, event: Progress) -> None:
        """Show one event of the run."""
        from trainwhy import results

        if isinstance(event, results.Started):
            self.waiting.say("training")
        elif isinstance(event, results.ReferenceReady):
            self._reference = event.epochs
        elif isinstance(event, results.Phase):
            self.waiting.say(
                {"proving": "proving the cause", "judging": "judging on fresh seeds"}.get(event.name, event.name)
            )
        elif isinstance(event, results.EpochEnded) and not self._screen.quiet:
            self._row(event.epoch, event.start_loss)

    def _row(self, epoch: Epoch, start_loss: float | None) -> None:
        from trainwhy.faces.style import EpochTable

        self.waiting.clear()
        speaker, look = face(self._screen), style(self._screen)
        table = EpochTable(tuple(epoch.metrics), healthy=bool(self._reference), total=self._total)
        if not self.printed:
            self._start = self._previous = start_loss
            talk.say(speaker.epoch_header(look, table), end="")
        healthy = next((row for row in self._reference if row.epoch == epoch.epoch), None)
        talk.say(speaker.epoch_row(look, table, epoch, self._previous, self._start, healthy), end="")
        self._previous = epoch.loss
        self.printed += 1


def after(screen: Screen, report: Report, *, table: bool, help_shown: bool = False) -> str:
    """Everything that is said about a report once it is complete."""
    speaker, look = face(screen), style(screen)
    if screen.quiet:
        return blocks([speaker.failure(look, report), speaker.findings(look, report, help=help_shown)])
    return speaker.report(look, report, help=help_shown, table=table)
