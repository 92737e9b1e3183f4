"""What the CLI asks of a face that talks to a person: the part that the modules `terminal` and `plain` share."""

# ruff: noqa: D102, A002 - the faces document these functions, and choose their words

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from trainwhy.faces.style import EpochTable, Style
    from trainwhy.results import Epoch, Report, Table


class Face(Protocol):
    """A module of `faces/` that makes text for a screen or for a voice."""

    def chapter_header(self, style: Style, number: int | str, title: str, done: int, total: int) -> str: ...

    def exercise_header(
        self, style: Style, title: str, kind: str, level: str, minutes: int, number: str = ""
    ) -> str: ...

    def lesson(self, style: Style, text: str) -> str: ...

    def edit(self, style: Style, path: str, line_number: int | None = None) -> str: ...

    def epoch_header(self, style: Style, table: EpochTable) -> str: ...

    def epoch_row(
        self,
        style: Style,
        table: EpochTable,
        epoch: Epoch,
        previous_loss: float | None,
        start_loss: float | None,
        healthy: Epoch | None = None,
    ) -> str: ...

    def findings(self, style: Style, report: Report, *, help: bool) -> str: ...

    def failure(self, style: Style, report: Report) -> str: ...

    def table(self, style: Style, table: Table) -> str: ...

    def predicted(self, style: Style, words: str, confidence: int, *, right: bool) -> str: ...

    def solved(
        self,
        style: Style,
        title: str,
        takeaway: str,
        *,
        seeds: int = 0,
        solution: str = "",
        next_title: str = "",
        next_command: str = "trainwhy next",
    ) -> str: ...

    def report(self, style: Style, report: Report, *, help: bool, table: bool = True, reveal: bool = False) -> str: ...

    def prompt(self, style: Style, text: str) -> str: ...
