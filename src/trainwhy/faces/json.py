"""The face for programs: one JSON document, described by `schema.json` beside this file."""

from __future__ import annotations

import json
import math
from importlib import resources
from typing import TYPE_CHECKING, Any

from trainwhy.faces.example import diff
from trainwhy.faces.wording import sandbox_of, slashes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.faces.checked import Checked
    from trainwhy.results import Answer, Epoch, Evidence, Failure, Finding, Goal, Proof, Report, Span, Versions

FORMAT = "json"
SCHEMA = 1
COUNTED = ("solved", "unsolved", "not_started", "flaky")


def write(checked: Checked) -> str:
    """Write all that was checked."""
    return document(checked.reports)


def document(reports: Sequence[Report]) -> str:
    """Write all reports as one document; ASCII only, so that no text in it can act on a terminal."""
    versions = _versions(reports)
    whole = {
        "schema": SCHEMA,
        "trainwhy": versions.trainwhy if versions else _own_version(),
        "tensorflow": versions.tensorflow if versions else "",
        "keras": versions.keras if versions else "",
        "sandbox": sandbox_of(reports) or "none",
        "results": [_result(one) for one in reports],
        "summary": summary(reports),
    }
    return json.dumps(paired(whole), indent=2, allow_nan=False) + "\n"


def schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the document."""
    text = resources.files("trainwhy.faces").joinpath("schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def summary(reports: Sequence[Report]) -> dict[str, int]:
    """Count the verdicts; an exercise that was run and has none did not finish."""
    counts = {verdict: sum(one.verdict == verdict for one in reports) for verdict in COUNTED}
    return counts | {"not_finished": sum(one.verdict is None and one.exercise is not None for one in reports)}


def paired(x: Any) -> Any:
    """Replace halves of surrogate pairs in every string: strict readers refuse them."""
    if isinstance(x, str):
        return x.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(x, (list, tuple)):
        return [paired(one) for one in x]
    return {paired(name): paired(one) for name, one in x.items()} if isinstance(x, dict) else x


def _own_version() -> str:
    from trainwhy import __version__  # noqa: PLC0415 - only where no report says it

    return __version__


def _versions(reports: Sequence[Report]) -> Versions | None:
    """Give the versions of the first report that ran something, else those of any."""
    ran = [one.versions for one in reports if one.versions.tensorflow]
    return next(iter(ran or [one.versions for one in reports if one.versions.trainwhy]), None)


def _result(report: Report) -> dict[str, Any]:
    return {
        "path": slashes(report.path),
        "exercise": report.exercise,
        "verdict": report.verdict,
        "outcome": report.outcome,
        "seconds": _number(report.seconds),
        "error": _error(report.error),
        "epochs": [_epoch(one) for one in report.epochs],
        "findings": [_finding(one) for one in report.findings],
        "goals": [_goal(one) for one in report.goals],
        "answers": [_answer(one) for one in report.answers],
        "reference": [_epoch(one) for one in report.reference],
        "output": report.output,
        "notes": list(report.notes),
        "trend": report.trend,
        "seeds": list(report.seeds),
    }


def _number(x: float | None) -> float | str | None:
    """Keep a finite number; write the others as the strings that the schema allows."""
    if x is None or math.isfinite(x):
        return x
    return "nan" if math.isnan(x) else "inf" if x > 0 else "-inf"


def _value(x: Any) -> Any:
    return _number(x) if isinstance(x, float) else x


def _error(error: Failure | None) -> dict[str, Any] | None:
    return None if error is None else {"type": error.type, "message": error.message, "line": error.line}


def _epoch(one: Epoch) -> dict[str, Any]:
    return {
        "epoch": one.epoch,
        "loss": _number(one.loss),
        "metrics": {name: _number(x) for name, x in one.metrics.items()},
        "weights_moved": one.weights_moved,
    }


def _finding(one: Finding) -> dict[str, Any]:
    example = "\n".join(diff(one.broken, one.fixed))
    return {
        "code": one.code,
        "name": one.name,
        "level": one.level,
        "title": one.title,
        "spans": [_span(span) for span in one.spans],
        "evidence": [_evidence(each) for each in one.evidence],
        "why": one.why,
        "help": f"{one.help}\n\nfor example\n{example}" if example else one.help,
        "chain": list(one.chain),
        "proof": _proof(one.proof),
    }


def _span(one: Span) -> dict[str, Any]:
    return {
        "line": one.line,
        "column": one.column,
        "end_line": one.end_line,
        "end_column": one.end_column,
        "label": one.label,
        "primary": one.primary,
        **({"path": slashes(one.path)} if one.path else {}),
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {"name": one.name, "value": _value(one.value), "limit": _value(one.limit)}


def _proof(one: Proof) -> dict[str, Any]:
    return {
        "status": one.status,
        "intervention": one.intervention,
        "seeds": list(one.seeds),
        "baseline": [_number(x) for x in one.baseline],
        "repaired": [_number(x) for x in one.repaired],
        "placebo": [_number(x) for x in one.placebo],
    }


def _goal(one: Goal) -> dict[str, Any]:
    return {
        "name": one.name,
        "value": _number(one.value),
        "limit": _number(one.limit),
        "comparison": one.comparison,
        "met": one.met,
        "words": one.words,
    }


def _answer(one: Answer) -> dict[str, Any]:
    """Write an answer; what would have been right stays out of it until it is."""
    return {
        "name": one.name,
        "text": one.text,
        "given": one.given,
        "right": one.right,
        "expected": one.expected if one.right else "",
        "reason": one.reason,
    }
