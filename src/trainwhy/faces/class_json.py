"""The face of a class for programs: rows, and what is counted of them, as one JSON document.

`class_schema.json` beside this file describes it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib import resources
from typing import TYPE_CHECKING, Any

from trainwhy.faces.json import paired

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
    return json.dumps(paired(whole), indent=2, allow_nan=False) + "\n"


def schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the document."""
    text = resources.files("trainwhy.faces").joinpath("class_schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
