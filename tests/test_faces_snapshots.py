"""Every face pinned: what a person or a program sees, byte for byte.

`TRAINWHY_UPDATE_SNAPSHOTS=1 pytest tests/test_faces_snapshots.py` writes them anew; read the difference before it is
committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import reports
from trainwhy.faces import concise, formats, plain, terminal
from trainwhy.faces import json as json_face
from trainwhy.faces.checked import Checked
from trainwhy.faces.style import Style

FOLDER = Path(__file__).parent / "snapshots"
STYLES = {
    "50": Style(width=50),
    "80": Style(width=80),
    "140": Style(width=140),
    "ascii": Style(width=80, unicode=False),
    "color": Style(width=80, color=True),
}
SHOWN_IN_COLOR = ("never_applied", "solved")


def check(name: str, text: str) -> None:
    path = FOLDER / f"{name}.txt"
    if os.environ.get("TRAINWHY_UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.exists(), f"no snapshot {path.name}; set TRAINWHY_UPDATE_SNAPSHOTS=1 to write it"
    assert text == path.read_text(encoding="utf-8")


def the_screen(face, style: Style, report, *, wants_help: bool) -> str:
    """What `trainwhy next` shows around a report, and the report."""
    parts = [
        face.chapter_header(style, 2, "The training step by hand", 7, 60),
        face.exercise_header(style, "The loss that never moves", "fix", "easy", 5),
        face.edit(style, report.path, 14),
        face.report(style, report, help=wants_help),
        face.predicted(style, "stays the same", 2, right=True),
        face.solved(
            style,
            "The loss that never moves",
            "the tape finds the direction, the optimizer takes the step",
            seeds=2,
            solution="trainwhy solution",
            next_title="2.2 The tape that saw nothing (fix, easy, 5 min)",
        )
        if report.verdict == "solved"
        else face.prompt(style, "change the file, then   trainwhy next"),
    ]
    return "\n".join(parts)


@pytest.mark.parametrize("name", reports.ALL)
@pytest.mark.parametrize("look", STYLES)
def test_terminal(name: str, look: str) -> None:
    if look == "color" and name not in SHOWN_IN_COLOR:
        pytest.skip("colours are pinned on two reports")
    shown = the_screen(terminal, STYLES[look], reports.ALL[name](), wants_help=name != "never_applied")
    check(f"terminal_{look}_{name}", shown)


@pytest.mark.parametrize("name", reports.ALL)
def test_plain(name: str) -> None:
    check(f"plain_{name}", the_screen(plain, Style(), reports.ALL[name](), wants_help=name != "never_applied"))


@pytest.mark.parametrize("name", ["junit", "sarif", "github", "markdown"])
def test_formats_for_tools(name: str) -> None:
    made = tuple(make() for make in (*reports.ALL.values(), reports.untouched))
    check(name, formats.writers()[name](Checked(made, 21.345, "2026-05-04T03:02:01", 1)))


def test_json() -> None:
    check("json", json_face.document([make() for make in (*reports.ALL.values(), reports.untouched)]))


def test_concise() -> None:
    made = [make() for make in (*reports.ALL.values(), reports.untouched)]
    check("concise", concise.verify(made, 21.345))
