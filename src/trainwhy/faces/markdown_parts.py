"""The parts of a Markdown summary, and the two ways in which text that is not ours is kept from acting in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trainwhy.faces import clean, wording
from trainwhy.faces.example import diff
from trainwhy.faces.problems import inside, primary
from trainwhy.faces.style import Style
from trainwhy.narrative import column_number, happened, loss_number, short_loss

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.faces.checked import Checked
    from trainwhy.results import Epoch, Finding, Report, Span

STYLE = Style(width=100)
LINES, COLUMNS = 120, 400  # of one code block
EPOCHS = 60  # rows of one table
# What begins something in GitHub's Markdown; a colon only in an address (`https://`) or a name of a picture (`:x:`).
_ACTING = re.compile(r"([\\`*_\[\]<>#|~!&@${}]|:(?=\S))")
_CODE = re.compile(r"`([^`\n]+)`")
_TICKS = re.compile(r"`+")
LONGEST = 2000  # characters of one sentence


# ------------------------------------------------------------------------------------------- escaping


def prose(text: str, *, cell: bool = False) -> str:
    """Make one line of Markdown that shows exactly this text; what stands in backticks becomes code."""
    flat = clean.one_line(text)
    flat = flat if len(flat) <= LONGEST else f"{flat[:LONGEST]} ..."
    pieces = _CODE.split(flat)
    return "".join(code(piece, cell=cell) if at % 2 else _escaped(piece) for at, piece in enumerate(pieces))


def _escaped(text: str) -> str:
    # A bare `www.` would become a link too.
    return re.sub(r"(?i)(www)\.", r"\1\\.", _ACTING.sub(r"\\\1", text))


def code(text: str, *, cell: bool = False) -> str:
    """Make an inline code span that its text cannot end; in a table's cell, a bar in it must not end the cell."""
    flat = clean.one_line(text)
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(flat)), default=0))
    shown = flat.replace("|", r"\|") if cell else flat
    edge = " " if flat[:1] == "`" or flat[-1:] == "`" or not flat else ""
    return f"{ticks}{edge}{shown}{edge}{ticks}"


def block(text: str, language: str = "text") -> str:
    """Make a code block that its text cannot close; a very long text loses its middle."""
    rows = [row[:COLUMNS] + (" ..." if len(row) > COLUMNS else "") for row in text.rstrip("\n").split("\n")]
    if len(rows) > LINES:
        rows = [*rows[: LINES // 2], "...", *rows[-LINES // 2 :]]
    body = "\n".join(rows)
    fence = "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(body)), default=0))
    return f"{fence}{language}\n{body}\n{fence}"


# ------------------------------------------------------------------------------------------- what is wrong


def finding(checked: Checked, report: Report, one: Finding) -> str:
    """Write a finding: its title, where, the marked lines, the numbers, why, and what to do, with an example."""
    said = [f"**{one.level} {one.code} {prose(one.name)}**: {prose(one.title)}"]
    main = primary(report, one)
    if main is not None:
        said.append(f"at {code(f'{checked.place(report, main.path)}:{main.line}:{main.column}')}")
    said += _frames(report, one.spans)
    facts = [f"evidence: {each}" for each in wording.evidence_words(one.evidence)]
    facts += ["so: " + " → ".join(one.chain)] if one.chain else []
    facts += [f"proof: {each}" for each in wording.proof_words(one.proof)]
    facts += [f"why: {one.why}"] if one.why else []
    facts += [f"help: {one.help}"] if one.help else []
    said.append("\n".join(f"- {prose(fact)}" for fact in facts))
    rows = [clean.printable(row) for row in diff(one.broken, one.fixed)]
    said += ["For example:", block("\n".join(rows), "diff")] if rows else []
    return "\n\n".join([part for part in said if part] + [f"The page: `{wording.explain(one)}`"])


def _frames(report: Report, spans: Sequence[Span]) -> list[str]:
    from trainwhy.faces import terminal_frame, terminal_text  # noqa: PLC0415 - brings Rich along

    drawn = []
    for path in dict.fromkeys(span.path for span in sorted(spans, key=lambda one: not one.primary)):
        marks = [span for span in spans if span.path == path and inside(report, span)]
        text = report.texts.get(path, "") if path else report.source
        rows = terminal_text.finish(STYLE, terminal_frame.frame(STYLE, text, marks)) if text else ""
        drawn += [block(rows)] if rows else []
    return drawn


def failure(report: Report) -> str:
    """Write how the program ended, along which of its own lines, and what to do."""
    from trainwhy.faces import terminal  # noqa: PLC0415 - brings Rich along

    text = terminal.failure(STYLE, report)
    return block(text) if text else ""


# ------------------------------------------------------------------------------------------- the run


def epochs(report: Report) -> str:
    """Write the table of epochs; of a long run the first and the last ones."""
    if not report.epochs:
        return ""
    metrics = tuple(dict.fromkeys(name for one in report.epochs for name in one.metrics))
    healthy = {one.epoch: one for one in report.reference}
    names = ["epoch", "loss", *(["healthy"] if healthy else []), *(prose(name, cell=True) for name in metrics)]
    head = f"| {' | '.join([*names, 'moved', 'gradient', 'what happened'])} |\n|{'---:|' * (len(names) + 2)}---|"
    before = (None, *(one.loss for one in report.epochs))
    rows = [
        _row(one, happened(one, previous, report.start_loss), metrics, healthy)
        for one, previous in zip(report.epochs, before, strict=False)
    ]
    if len(rows) > EPOCHS:
        rows = [*rows[: EPOCHS // 2], f"| ... |{' |' * (len(names) + 2)}", *rows[-EPOCHS // 2 :]]
    return "\n".join([head, *rows])


def _row(one: Epoch, words: str, metrics: Sequence[str], healthy: dict[int, Epoch]) -> str:
    cells = [str(one.epoch), loss_number(one.loss)]
    cells += [loss_number(healthy[one.epoch].loss) if one.epoch in healthy else ""] if healthy else []
    cells += [short_loss(one.metrics[name]) if name in one.metrics else "none" for name in metrics]
    cells += [f"{one.weights_moved} of {one.variables}"]
    cells += ["none" if one.gradient is None else column_number(one.gradient), prose(words, cell=True)]
    return f"| {' | '.join(cells)} |"


def curve(report: Report) -> str:
    """Draw the loss beside the healthy one."""
    from trainwhy.faces import terminal  # noqa: PLC0415 - brings Rich along

    drawn = terminal.curve(STYLE, report.epochs, report.reference, report.start_loss)
    return block(drawn) if drawn else ""


def printed(report: Report) -> str:
    """Repeat what the program printed: the first and the last lines."""
    if not report.output.strip():
        return ""
    rows = report.output.rstrip("\n").split("\n")
    first, last = wording.PRINTED
    hidden = len(rows) - first - last
    shown = [*rows[:first], f"... {hidden} lines are left out ...", *rows[-last:]] if hidden > 0 else rows
    # Cut before it is cleaned: what nobody sees costs nothing.
    cut = [clean.printable(row[: COLUMNS + 1]) for row in shown]
    more = [f"({wording.more_words(report.output_dropped)})"] if report.output_dropped else []
    return "The program printed:\n\n" + block("\n".join([*cut, *more]))
