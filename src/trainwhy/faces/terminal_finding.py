"""A finding as a message: title, code frame, evidence, proof, why, and help where it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy.faces.example import diff
from trainwhy.faces.terminal_frame import frame, location
from trainwhy.faces.terminal_text import BAD, GOOD, STRONG, WEAK, hang, indent, labelled, line, literal, prose
from trainwhy.faces.wording import beside, evidence_words, explain, proof_words

if TYPE_CHECKING:
    from rich.text import Text

    from trainwhy.faces.style import Style
    from trainwhy.results import Finding, Report


def finding_lines(style: Style, report: Report, finding: Finding, *, wants_help: bool) -> list[Text]:
    """Draw one finding, every part that it has."""
    lines = _title(style, finding)
    lines += _marked(style, report, finding)
    lines += _listed(style, "evidence", evidence_words(finding.evidence))
    lines += _listed(style, "so", (arrow(style).join(finding.chain),) if finding.chain else ())
    lines += _listed(style, "proof", proof_words(finding.proof))
    if finding.why:
        lines += labelled(style, "why", prose(style, finding.why))
    return lines + (_help(style, finding) if wants_help else labelled(style, "try", prose(style, "trainwhy hint")))


def arrow(style: Style) -> str:
    """What stands between two links of a chain."""
    return " → " if style.unicode else " -> "


def _marked(style: Style, report: Report, finding: Finding) -> list[Text]:
    """Draw the marks file by file; the file with the primary one comes first."""
    paths = dict.fromkeys(span.path for span in sorted(finding.spans, key=lambda one: not one.primary))
    lines: list[Text] = []
    for path in paths or ("",):
        spans = [span for span in finding.spans if span.path == path]
        lines += location(style, beside(report.path, path), spans)
        lines += frame(style, report.texts.get(path, "") if path else report.source, spans)
    return lines


def _title(style: Style, finding: Finding) -> list[Text]:
    head = line((f"{finding.level}[{finding.code}]", BAD), (f" {finding.name}: ", STRONG))
    return indent(line(head, prose(style, finding.title, STRONG)), style.text_width, 4)


def _listed(style: Style, label: str, items: tuple[str, ...]) -> list[Text]:
    """Put one item on each line, the first behind the label."""
    lines: list[Text] = []
    for item in items:
        lines += labelled(style, "" if lines else label, prose(style, item))
    return [one for one in lines if one.plain.strip()]


def _help(style: Style, finding: Finding) -> list[Text]:
    lines: list[Text] = []
    diff = diff_lines(style, finding.broken, finding.fixed)
    if finding.help:
        lead = finding.help.rstrip(".") + ", for example" if diff else finding.help
        lines += labelled(style, "help", prose(style, lead))
    return lines + diff + labelled(style, "page", prose(style, explain(finding)))


def diff_lines(style: Style, broken: str, fixed: str) -> list[Text]:
    """Show what differs between the diagnosis' own two examples."""
    lines: list[Text] = []
    for row in diff(broken, fixed):
        color = {"-": BAD, "+": GOOD}.get(row[:1], WEAK)
        lines += hang(("   | ", WEAK), literal(style, row, color), style.width)
    return lines
