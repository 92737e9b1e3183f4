"""The face for ears: the same report in sentences, one fact a line, no alignment and nothing drawn.

The functions are those of `terminal.py`, with the same names and parameters; `style` only says whether ASCII is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy.faces import wording
from trainwhy.faces.plain_words import (
    answer_sentences,
    epoch_sentence,
    failure_sentences,
    finding_sentences,
    goal_sentences,
    output_sentences,
    spoken,
    table_sentences,
)
from trainwhy.narrative import curve_sentence, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainwhy.faces.style import EpochTable, Style
    from trainwhy.results import Answer, Epoch, Finding, Goal, Report, Table


def _said(style: Style, sentences: Iterable[str]) -> str:
    return "".join(f"{spoken(style, one)}\n" for one in sentences)


# ------------------------------------------------------------------------------------------- where one is


def chapter_header(style: Style, number: int | str, title: str, done: int, total: int) -> str:
    """Name the chapter and how much of the course is done."""
    return _said(
        style, [f"Chapter {number}: {wording.sentence(title)}", f"{done} of {plural(total, 'exercise')} done."]
    )


def exercise_header(style: Style, title: str, kind: str, level: str, minutes: int, number: str = "") -> str:
    """Name the exercise and what to expect of it."""
    name = f"Exercise {number}: {title}" if number else f"Exercise: {title}"
    return _said(style, [wording.sentence(name), f"Kind {kind}, level {level}, {plural(minutes, 'minute')}."])


def lesson(style: Style, text: str) -> str:
    """Give a lesson as it is written: Markdown reads well aloud."""
    return _said(style, text.strip("\n").split("\n")) if text.strip() else ""


def edit(style: Style, path: str, line_number: int | None = None) -> str:
    """Say which file to change."""
    where = "" if line_number is None else f", line {line_number}"
    return _said(style, [f"File to edit: {wording.slashes(path)}{where}"])


def choices(style: Style, question: str, options: Sequence[tuple[str, str]]) -> str:
    """Ask a question, one option a line."""
    return _said(style, [question, *(f"{key}: {words}" for key, words in options)])


# ------------------------------------------------------------------------------------------- the run


def epoch_header(style: Style, table: EpochTable) -> str:
    """Say nothing: every sentence names its own numbers."""
    del style, table
    return ""


def epoch_row(
    style: Style,
    table: EpochTable,
    epoch: Epoch,
    previous_loss: float | None,
    start_loss: float | None,
    healthy: Epoch | None = None,
) -> str:
    """Say what one epoch did."""
    return _said(style, [epoch_sentence(epoch, table.total, previous_loss, start_loss, healthy)])


def epoch_table(style: Style, report: Report) -> str:
    """Say what every epoch did."""
    healthy = {one.epoch: one for one in report.reference}
    before = (None, *(one.loss for one in report.epochs))
    return _said(
        style,
        (
            epoch_sentence(one, len(report.epochs), previous, report.start_loss, healthy.get(one.epoch))
            for one, previous in zip(report.epochs, before, strict=False)
        ),
    )


def curve(
    style: Style, epochs: Sequence[Epoch], reference: Sequence[Epoch] = (), start_loss: float | None = None
) -> str:
    """Say what the curve shows."""
    points = len(epochs) + (start_loss is not None)
    return _said(style, [curve_sentence(epochs, reference, start_loss)]) if epochs and points > 1 else ""


def output(style: Style, text: str, dropped: int = 0) -> str:
    """Repeat what the learner's program printed, between two sentences that say so."""
    return _said(style, output_sentences(text, dropped))


# ------------------------------------------------------------------------------------------- what is concluded


def finding(style: Style, report: Report, finding: Finding, *, help: bool) -> str:  # noqa: A002 - the word for it
    """Say one finding; its help is withheld where a hint comes first."""
    return _said(style, finding_sentences(report, finding, wants_help=help))


def findings(style: Style, report: Report, *, help: bool) -> str:  # noqa: A002 - the word for it
    """Say all findings, a blank line between them."""
    return "\n".join(finding(style, report, one, help=help) for one in report.findings)


def failure(style: Style, report: Report) -> str:
    """Say how the program ended, when it did not finish."""
    return _said(style, failure_sentences(report))


def goals(style: Style, goals: Sequence[Goal]) -> str:
    """Say what the verifier measured."""
    return _said(style, goal_sentences(goals))


def answers(style: Style, answers: Sequence[Answer], *, reveal: bool = False) -> str:
    """Say how each question was answered."""
    return _said(style, answer_sentences(answers, reveal=reveal))


def table(style: Style, table: Table) -> str:
    """Say each row of a table, every cell with the name of its column."""
    return _said(style, table_sentences(table))


def notes(style: Style, notes: Sequence[str]) -> str:
    """Say what else is worth knowing."""
    return _said(style, (f"Note: {wording.stopped(note)}" for note in notes))


def sandbox(style: Style, report: Report) -> str:
    """Name the sandbox the file ran in, or say what follows from there being none."""
    words = wording.confinement(report)
    return _said(style, [f"Sandbox: {wording.stopped(words.replace(' + ', ' and '))}"]) if words else ""


def predicted(style: Style, words: str, confidence: int, *, right: bool) -> str:
    """Say how a prediction turned out."""
    return _said(style, [wording.predicted_words(words, confidence, right=right)])


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
    judged = f", {wording.seeds_words(seeds)}" if seeds else ""
    said = [f"Solved: {title}{judged}."]
    said += [f"Remember: {wording.stopped(takeaway)}"] if takeaway else []
    said += [f"For other right ways, type: {solution}"] if solution else []
    said += [f"Next: {wording.stopped(next_title)}"] if next_title else []
    said += [f"To go on, type: {next_command}"] if next_title and next_command else []
    return _said(style, said)


def report(style: Style, report: Report, *, help: bool, table: bool = True, reveal: bool = False) -> str:  # noqa: A002
    """Say everything of a report, a blank line between its parts; without the epochs when they were said one by one."""
    parts = [
        epoch_table(style, report) if table else "",
        curve(style, report.epochs, report.reference, report.start_loss),
        output(style, report.output, report.output_dropped),
        *(_said(style, table_sentences(one)) for one in report.tables),
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
    said = [f"trainwhy: {wording.stopped(message)}"]
    return _said(style, said + ([f"Try: {wording.stopped(hint)}"] if hint else []))


def prompt(style: Style, text: str) -> str:
    """Say a line of advice."""
    return _said(style, [" ".join(text.split())])
