"""The face of a class for programs: rows, and what is counted of them, as one JSON document."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trainwhy.grades import ClassReport

SCHEMA = 1


def document(report: ClassReport) -> str:
    """Write the whole class; ASCII only, so that no text in it can act on a terminal."""
    whole: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": "class",
        "summary": report.counts,
        "people": [{"person": one.person, **one.counts, "problem": one.problem} for one in report.people],
        "exercises": [
            {"exercise": one.exercise.id, "number": one.exercise.number, "title": one.exercise.title, **one.counts}
            for one in report.exercises
        ],
        "common": [asdict(one) for one in report.common],
        "similar": None if report.alike is None else [asdict(one) for one in report.alike],
        "judged_now": report.judged,
        "seconds": round(report.seconds, 3),
        "rows": [asdict(row) for row in report.rows],
    }
    return json.dumps(_paired(whole), indent=2, allow_nan=False) + "\n"


def _paired(x: Any) -> Any:
    """Replace halves of surrogate pairs, as a file's name may hold: strict readers refuse them."""
    if isinstance(x, str):
        return x.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(x, (list, tuple)):
        return [_paired(one) for one in x]
    return {_paired(name): _paired(one) for name, one in x.items()} if isinstance(x, dict) else x
