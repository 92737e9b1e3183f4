"""The face for GitHub's annotations: one command a line, escaped as the runner reads it back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

import pytest

import reports
from trainwhy.faces import github
from trainwhy.faces.checked import Checked
from trainwhy.results import Report, Span


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def read(line: str) -> Command:
    """Read a command as the runner does: split at the first `::`, properties at commas, then undo the escapes."""
    found = re.fullmatch(r"::([a-z]+) (.*?)::(.*)", line)
    assert found, line
    pairs = (pair.split("=", 1) for pair in found[2].split(","))
    return Command(found[1], {name: _undone(value) for name, value in pairs}, _undone(found[3]))


def _undone(text: str) -> str:
    for sign, code in ((":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        text = text.replace(code, sign)
    return text


def commands(*chosen: Report, **around) -> list[Command]:
    return [read(line) for line in github.write(Checked(chosen, **around)).splitlines()]


def test_a_finding_is_an_annotation_on_its_own_line() -> None:
    first, notice = commands(reports.never_applied())
    assert first.name == "error"
    assert first.properties == {
        "file": "02_the_step/01_loss_that_never_moves.py", "line": "15", "endLine": "15", "col": "5", "endColumn": "14",
        "title": "TW101 gradients-never-applied",
    }  # fmt: skip
    assert first.message.startswith("the gradients are computed and thrown away\nevidence: variables moved: 0 of 4\n")
    assert "proof: the same run with these gradients applied: 7.854 → 0.251, 3 of 3 seeds" in first.message
    assert first.message.endswith("the page: trainwhy explain TW101")
    assert (notice.name, notice.message) == ("notice", "1 unsolved; sandbox: landlock + seccomp")


@pytest.mark.parametrize("name", [*reports.ALL, "untouched"])
def test_every_line_is_one_command(name: str) -> None:
    text = github.write(Checked((getattr(reports, name)(),)))
    assert not {sign for sign in text if sign != "\n" and not sign.isprintable()}
    assert all(read(line).name in ("error", "warning", "notice") for line in text.splitlines())


def test_nothing_escapes_from_a_property_or_a_message() -> None:
    sly = "a.py,line=1::\n::error::x%0A%"
    report = replace(reports.crash(), path=sly)
    first, _ = commands(report)
    assert first.properties["file"] == " ".join(sly.split("\n"))
    assert first.properties["line"] == "5"
    hit = replace(report, error=replace(report.error, message="100% wrong\n::warning::forged,a=b:c"))
    first, _ = commands(hit)
    assert first.message == "InvalidArgumentError: 100% wrong ::warning::forged,a=b:c"


def test_levels_and_paths_of_the_repository() -> None:
    warning = replace(reports.hostile(), path="x.py", error=None, answers=(), goals=(), outcome="finished")
    first, _ = commands(warning, places={"x.py": "course/x.py"})
    assert (first.name, first.properties["file"]) == ("warning", "course/x.py")
    flaky, _ = commands(replace(reports.solved(), verdict="flaky"))
    assert flaky.name == "warning"
    assert [one.name for one in commands(reports.solved(), reports.untouched())] == ["notice"]


def test_columns_only_where_a_mark_stays_on_its_line() -> None:
    report = reports.never_applied()
    long = replace(report, findings=(replace(report.findings[0], spans=(Span(11, 5, 15, 9, "this block"),)),))
    first, _ = commands(long)
    assert (first.properties["line"], first.properties["endLine"]) == ("11", "15")
    assert "col" not in first.properties
    nowhere = replace(report, findings=(replace(report.findings[0], spans=()),))
    assert "line" not in commands(nowhere)[0].properties


def test_a_fault_of_ours_is_said_to_be_ours() -> None:
    first, notice = commands(reports.ours())
    assert first.properties["title"] == "trainwhy"
    assert "not a fault in your code" in first.message
    assert "1 not finished" in notice.message


def test_a_healthy_script_is_said_to_be_healthy() -> None:
    (notice,) = commands(replace(reports.solved(), exercise=None, verdict="healthy"))
    assert notice.message.startswith("1 healthy; ")


def test_nothing_checked_is_said() -> None:
    assert [one.message for one in commands()] == ["nothing checked; sandbox: none, nothing was run"]
