"""The face for GitHub's annotations: workflow commands on stdout, which put each problem on the learner's own line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy.faces import wording
from trainwhy.faces.checked import counted
from trainwhy.faces.clean import one_line, words
from trainwhy.faces.problems import problems

if TYPE_CHECKING:
    from trainwhy.faces.checked import Checked
    from trainwhy.faces.problems import Problem
    from trainwhy.results import Finding, Report, Span

FORMAT = "github"
LONGEST = 4000  # characters of one message; GitHub cuts longer ones in the middle of a word


def write(checked: Checked) -> str:
    """Write one command for each problem, our own faults among them, and one notice with the counts."""
    rows = [_command(checked, report, one) for report in checked.reports for one in problems(report)]
    rows += [_ours(checked, report) for report in checked.reports if report.outcome == "internal"]
    rows.append(_notice(checked))
    return "".join(f"{row}\n" for row in rows)


def _command(checked: Checked, report: Report, problem: Problem) -> str:
    where: dict[str, str] = {"file": checked.place(report, problem.span.path if problem.span else "")}
    if problem.span is not None:
        where |= _lines(problem.span)
    elif problem.line is not None and problem.line >= 1:
        where["line"] = str(problem.line)
    title = f"{problem.rule} {problem.name}" if problem.finding else problem.rule
    message = _message(problem.title, problem.finding)
    return _line(problem.level, where | {"title": title}, message)


def _lines(span: Span) -> dict[str, str]:
    """Give the place of a mark; GitHub takes columns only of marks on one line."""
    last = max(span.line, span.end_line)
    lines = {"line": str(span.line), "endLine": str(last)}
    if last > span.line or span.column < 1:
        return lines
    return lines | {"col": str(span.column), "endColumn": str(max(span.column, span.end_column))}


def _message(title: str, finding: Finding | None) -> str:
    if finding is None:
        return title
    said = [title]
    said += [f"evidence: {one}" for one in wording.evidence_words(finding.evidence)]
    said += [f"so: {', then '.join(finding.chain)}"] if finding.chain else []
    said += [f"proof: {one}" for one in wording.proof_words(finding.proof)]
    said += [f"why: {finding.why}"] if finding.why else []
    said += [f"help: {finding.help}"] if finding.help else []
    text = "\n".join([*said, f"the page: {wording.explain(finding)}"])
    return text if len(text) <= LONGEST else text[:LONGEST] + " ..."


def _ours(checked: Checked, report: Report) -> str:
    said = wording.failure_words("internal", report.error)[1] if report.error else wording.NOT_YOURS
    return _line("error", {"file": checked.place(report), "title": "trainwhy"}, one_line(said))


def _notice(checked: Checked) -> str:
    sandbox = wording.sandbox_words(checked.reports)
    return _line("notice", {"title": "trainwhy"}, f"{counted(checked.reports)}; sandbox: {sandbox}")


def _line(command: str, properties: dict[str, str], message: str) -> str:
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {given}::{_data(words(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")
