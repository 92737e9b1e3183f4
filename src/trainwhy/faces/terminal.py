"""The face for a terminal: every part of a report as text, coloured and linked where the terminal can.

Every function gives a finished string that ends in a new line, or an empty one when there is nothing to show.
`plain.py` has the same functions, so a command chooses one module and calls it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy.faces import wording
from trainwhy.faces.terminal_curve import curve_lines
from trainwhy.faces.terminal_epochs import header_lines, row_lines, table_lines
from trainwhy.faces.terminal_finding import finding_lines
from trainwhy.faces.terminal_lesson import lesson_lines
from trainwhy.faces.terminal_parts import (
    answer_lines,
    failure_lines,
    goal_lines,
    grid_lines,
    note_lines,
    output_lines,
)
from trainwhy.faces.terminal_text import (
    BAD,
    GOOD,
    STRONG,
    WEAK,
    finish,
    hang,
    indent,
    labelled,
    line,
    place,
    prose,
    width_of,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from trainwhy.faces.style import EpochTable, Style
    from trainwhy.results import Answer, Epoch, Finding, Goal, Report, Table


# ------------------------------------------------------------------------------------------- where one is


def chapter_header(style: Style, number: int | str, title: str, done: int, total: int) -> str:
    """Name the chapter, how much of the course is done, and draw it as a bar."""
    middle = "·" if style.unicode else "-"
    rows = _ends(style, prose(style, f"Chapter {number} {middle} {title}", STRONG), f"{done} of {total}")
    return finish(style, [*rows, _bar(style, done, total)])


def exercise_header(style: Style, title: str, kind: str, level: str, minutes: int, number: str = "") -> str:
    """Name the exercise and what to expect of it."""
    dot = " · " if style.unicode else " - "
    name = f"{number} {title}" if number else title
    return finish(style, _ends(style, prose(style, name, STRONG), dot.join([kind, level, f"{minutes} min"])))


def lesson(style: Style, text: str) -> str:
    """Show a lesson: wrapped paragraphs and lists, code as it stands."""
    return finish(style, lesson_lines(style, text))


def edit(style: Style, path: str, line_number: int | None = None) -> str:
    """Say which file to change."""
    where = "" if line_number is None else f":{line_number}"
    return finish(style, [line("  ", ("edit", STRONG), "   ", place(style, path, where))])


def choices(style: Style, question: str, options: Sequence[tuple[str, str]]) -> str:
    """Ask a question: its options on one line where they fit, else one below the other."""
    rows = wrap(prose(style, question), style.text_width)
    parts = [line((key, STRONG), " ", prose(style, words)) for key, words in options]
    flat = line("  ", *(piece for part in parts for piece in (part, "    ")))
    flat.rstrip()
    if width_of(flat.plain) <= style.text_width:
        return finish(style, [*rows, flat])
    listed = [hang(line("  ", (key, STRONG), " "), prose(style, words), style.text_width) for key, words in options]
    return finish(style, [*rows, *(one for part in listed for one in part)])


def _ends(style: Style, left: Text, right: str) -> list[Text]:
    """Put two texts at the two ends of a line, or below each other."""
    room = style.text_width - width_of(left.plain) - width_of(right)
    if room >= 2 or not right:  # noqa: PLR2004 - two blanks hold them apart
        return [line(left, " " * room, (right, WEAK))]
    return [*indent(left, style.text_width, 4), line("    ", (right, WEAK))]


def _bar(style: Style, done: int, total: int) -> Text:
    width = style.text_width
    full = min(width, round(width * done / total)) if total > 0 else 0
    signs = "━─" if style.unicode else "=-"
    return line((signs[0] * full, GOOD), (signs[1] * (width - full), WEAK))


# ------------------------------------------------------------------------------------------- the run


def epoch_header(style: Style, table: EpochTable) -> str:
    """Name the columns of the table; nothing where records are stacked."""
    return finish(style, header_lines(style, table))


def epoch_row(
    style: Style,
    table: EpochTable,
    epoch: Epoch,
    previous_loss: float | None,
    start_loss: float | None,
    healthy: Epoch | None = None,
) -> str:
    """Show one epoch, as it ends."""
    return finish(style, row_lines(style, table, epoch, previous_loss, start_loss, healthy))


def epoch_table(style: Style, report: Report) -> str:
    """Show all epochs at once."""
    return finish(style, table_lines(style, report))


def curve(
    style: Style, epochs: Sequence[Epoch], reference: Sequence[Epoch] = (), start_loss: float | None = None
) -> str:
    """Draw the loss with its sentence."""
    return finish(style, curve_lines(style, epochs, reference, start_loss))


def output(style: Style, text: str, dropped: int = 0) -> str:
    """Show what the learner's program printed."""
    return finish(style, output_lines(style, text, dropped))


# ------------------------------------------------------------------------------------------- what is concluded


def finding(style: Style, report: Report, finding: Finding, *, help: bool) -> str:  # noqa: A002 - the word for it
    """Show one finding; its help is withheld where a hint comes first."""
    return finish(style, finding_lines(style, report, finding, wants_help=help))


def findings(style: Style, report: Report, *, help: bool) -> str:  # noqa: A002 - the word for it
    """Show all findings, a blank line between them."""
    return "\n".join(finding(style, report, one, help=help) for one in report.findings)


def failure(style: Style, report: Report) -> str:
    """Show how the program ended, when it did not finish."""
    return finish(style, failure_lines(style, report))


def goals(style: Style, goals: Sequence[Goal]) -> str:
    """Show what the verifier measured."""
    return finish(style, goal_lines(style, goals))


def answers(style: Style, answers: Sequence[Answer], *, reveal: bool = False) -> str:
    """Show the answers of a question file, judged."""
    return finish(style, answer_lines(style, answers, reveal=reveal))


def table(style: Style, table: Table) -> str:
    """Show a small table."""
    return finish(style, grid_lines(style, table))


def notes(style: Style, notes: Sequence[str]) -> str:
    """Show what else is worth knowing."""
    return finish(style, note_lines(style, notes))


def sandbox(style: Style, report: Report) -> str:
    """Name the sandbox the file ran in, or say what follows from there being none."""
    words = wording.confinement(report)
    return finish(style, labelled(style, "sandbox", prose(style, words), WEAK)) if words else ""


def predicted(style: Style, words: str, confidence: int, *, right: bool) -> str:
    """Say how a prediction turned out."""
    return finish(style, wrap(prose(style, wording.predicted_words(words, confidence, right=right)), style.text_width))


def solved(
    style: Style,
    title: str,
    takeaway: str,
    *,
    seeds: int = 0,
    solution: str = "",
    next_title: str = "",
    next_command: str = "trainwhy next",
) -> str:
    """Say that it is solved, what to remember, where other ways are, and what comes next."""
    rows = _ends(style, line(("Solved", GOOD), "  ", prose(style, title, STRONG)), wording.seeds_words(seeds))
    for label, text in (("Remember: ", takeaway), ("Other right ways: ", solution)):
        if text:
            rows += indent(line("  ", (label, WEAK), prose(style, text)), style.text_width, 4)
    if next_title:
        rows += _ends(style, line("  ", ("Next: ", WEAK), prose(style, next_title)), next_command)
    return finish(style, rows)


def report(style: Style, report: Report, *, help: bool, table: bool = True, reveal: bool = False) -> str:  # noqa: A002
    """Show everything of a report, a blank line between its parts; without the table when it was shown row by row."""
    parts = [
        epoch_table(style, report) if table else "",
        curve(style, report.epochs, report.reference, report.start_loss),
        output(style, report.output, report.output_dropped),
        *(finish(style, grid_lines(style, one)) for one in report.tables),
        failure(style, report),
        findings(style, report, help=help),
        answers(style, report.answers, reveal=reveal),
        goals(style, wording.open_goals(report)),
        notes(style, report.notes),
        sandbox(style, report),
    ]
    return "\n".join(part for part in parts if part)


# ------------------------------------------------------------------------------------------- words of the program


def trouble(style: Style, message: str, hint: str = "") -> str:
    """Say what went wrong with trainwhy's own work, and what to do."""
    rows = hang(line(("trainwhy: ", BAD)), prose(style, message), style.text_width)
    return finish(style, rows + (labelled(style, "try", prose(style, hint)) if hint else []))


def prompt(style: Style, text: str) -> str:
    """Show a line of advice."""
    return finish(style, hang("  ", prose(style, text), style.text_width))
