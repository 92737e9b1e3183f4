"""The face for code scanning: SARIF 2.1.0. A diagnosis is a rule, a finding a result on the learner's own lines.

What GitHub shows of it decides some choices: every result has a place (the first line stands for a whole file), texts
are short enough, and a crash or a limit is a result, while a fault of ours is a notification and no alert.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from trainwhy import __version__
from trainwhy.faces import wording
from trainwhy.faces.clean import one_line, printable
from trainwhy.faces.json import paired, summary
from trainwhy.faces.problems import inside, problems
from trainwhy.faces.sarif_rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.faces.checked import Checked
    from trainwhy.faces.problems import Problem
    from trainwhy.results import Finding, Report, Span

FORMAT = "sarif"
VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"  # what tools call the root of the repository
SNIPPET = 400  # characters of a line that is quoted
_ENDS = {0: "all solved", 1: "not solved", 5: "nothing to check", 70: "a fault of trainwhy's own"}


def write(checked: Checked) -> str:
    """Write one log with one run; ASCII only."""
    return json.dumps(paired({"$schema": SCHEMA, "version": VERSION, "runs": [_run(checked)]}), indent=2) + "\n"


def _run(checked: Checked) -> dict[str, Any]:
    found = [(report, one) for report in checked.reports for one in problems(report)]
    rules = rules_of(checked.rules, [one for _, one in found])
    places = {rule["id"]: at for at, rule in enumerate(rules)}
    seen: dict[str, int] = {}
    return {
        "tool": {"driver": {"name": "trainwhy", "version": __version__, "semanticVersion": __version__,
                            "rules": rules}},
        "automationDetails": {"id": "trainwhy/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(checked)],
        "results": [_result(checked, report, one, places[one.rule], seen) for report, one in found],
        "properties": _properties(checked.reports),
    }  # fmt: skip


def _properties(reports: Sequence[Report]) -> dict[str, Any]:
    versions = next((one.versions for one in reports if one.versions.tensorflow), None)
    known = {"tensorflow": versions.tensorflow, "keras": versions.keras} if versions else {}
    return {"sandbox": wording.sandbox_words(reports), "summary": summary(reports), **known}


def _invocation(checked: Checked) -> dict[str, Any]:
    """Say how the command ended; what trainwhy itself could not do is told here, not as anybody's alert."""
    began = datetime.fromisoformat(checked.began).replace(tzinfo=timezone.utc)
    ours = [one for one in checked.reports if one.outcome == "internal"]
    return {
        "executionSuccessful": not ours,
        "exitCode": checked.exit_code,
        "exitCodeDescription": _ENDS.get(checked.exit_code, "the detail is in the results"),
        "startTimeUtc": _utc(began),
        "endTimeUtc": _utc(began + timedelta(seconds=checked.seconds)),
        "toolExecutionNotifications": [_notification(checked, one) for one in ours],
    }


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _notification(checked: Checked, report: Report) -> dict[str, Any]:
    said = wording.failure_words("internal", report.error)[1] if report.error else wording.NOT_YOURS
    place = {"physicalLocation": {"artifactLocation": _artifact(checked.place(report))}}
    return {"level": "error", "message": {"text": _plain(said)}, "locations": [place]}


def _result(checked: Checked, report: Report, problem: Problem, index: int, seen: dict[str, int]) -> dict[str, Any]:
    about: dict[str, Any] = {"verdict": report.verdict or "not_finished", "outcome": report.outcome}
    about |= {"exercise": report.exercise} if report.exercise else {}
    result: dict[str, Any] = {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "kind": "fail",
        "level": problem.level,
        "message": {"text": _message(problem)},
        "locations": [_main(checked, report, problem)],
        "partialFingerprints": _fingerprints(checked, report, problem, seen),
    }
    if problem.finding is not None:
        about |= {
            "proof": _proof(problem.finding),
            "evidence": [one_line(one) for one in wording.evidence_words(problem.finding.evidence)],
        }
        related = _related(checked, report, problem.finding, problem.span)
        result |= {"relatedLocations": related} if related else {}
    return result | {"properties": about}


def _message(problem: Problem) -> str:
    finding = problem.finding
    if finding is None:
        return _plain(problem.title)
    said = [problem.title]
    said += [f"evidence: {one}" for one in wording.evidence_words(finding.evidence)]
    said += [f"so: {', then '.join(finding.chain)}"] if finding.chain else []
    said += [f"proof: {one}" for one in wording.proof_words(finding.proof)]
    return "\n".join(_plain(one) for one in said)


def _plain(text: str) -> str:
    """Make a text harmless, with what SARIF would take for a link between brackets escaped."""
    return re.sub(r"([\\\[\]])", r"\\\1", one_line(text))


def _proof(finding: Finding) -> dict[str, Any]:
    proof = finding.proof
    return {
        "status": proof.status,
        "words": [one_line(one) for one in wording.proof_words(proof)],
        "seeds": list(proof.seeds),
    }


# ------------------------------------------------------------------------------------------- places


def _main(checked: Checked, report: Report, problem: Problem) -> dict[str, Any]:
    if problem.span is not None:
        return _location(checked, report, problem.span)
    # Code scanning puts every alert on a line; the first one stands for the whole file.
    line = problem.line if problem.line is not None and problem.line >= 1 else 1
    place = {"artifactLocation": _artifact(checked.place(report)), "region": {"startLine": line}}
    return {"physicalLocation": place}


def _related(checked: Checked, report: Report, finding: Finding, main: Span | None) -> list[dict[str, Any]]:
    """Give the marks that say how it came about, each with its label."""
    others = [span for span in finding.spans if span is not main and inside(report, span)]
    return [
        {"id": at, **_location(checked, report, span), "message": {"text": _plain(span.label) or "here"}}
        for at, span in enumerate(others, 1)
    ]


def _location(checked: Checked, report: Report, span: Span) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": span.line}
    if span.column >= 1:
        last = max(span.line, span.end_line)
        least = span.column if last == span.line else 1
        region |= {"startColumn": span.column, "endLine": last, "endColumn": max(least, span.end_column)}
    rows = (report.texts.get(span.path, "") if span.path else report.source).replace("\r\n", "\n").split("\n")
    row = rows[span.line - 1] if span.line <= len(rows) else ""
    # A line whose tabs or hidden signs would be written otherwise has its columns elsewhere: it is not quoted.
    if row.strip() and row == printable(row) and span.line == region.get("endLine", span.line):
        region["snippet"] = {"text": row[:SNIPPET]}
    return {
        "physicalLocation": {"artifactLocation": _artifact(checked.place(report, span.path)), "region": region},
        **({"message": {"text": _plain(span.label)}} if span.primary and span.label.strip() else {}),
    }


def _artifact(path: str) -> dict[str, str]:
    """Write a path as the standard wants it: relative to the repository's root, or as a `file:` address."""
    if path.startswith("/"):
        return {"uri": "file://" + _quoted(path)}
    if re.match(r"[A-Za-z]:/", path):
        return {"uri": "file:///" + path[:2] + _quoted(path[2:])}
    return {"uri": _quoted(path), "uriBaseId": ROOT}


def _quoted(path: str) -> str:
    return quote(path.encode("utf-8", "surrogatepass"), safe="/~")


def _fingerprints(checked: Checked, report: Report, problem: Problem, seen: dict[str, int]) -> dict[str, str]:
    """Recognise a problem again when lines above it come or go: by its rule, its file and the text of its line."""
    line = problem.span.line if problem.span else problem.line
    rows = report.texts.get(problem.span.path, "") if problem.span and problem.span.path else report.source
    text = rows.split("\n")[line - 1].strip() if line and 1 <= line <= rows.count("\n") + 1 else ""
    place = checked.place(report, problem.span.path if problem.span else "")
    whole = f"{problem.rule}\0{place}\0{text}".encode("utf-8", "surrogatepass")
    made = hashlib.sha256(whole).hexdigest()[:16]
    seen[made] = seen.get(made, 0) + 1
    return {"primaryLocationLineHash": f"{made}:{seen[made]}"}
