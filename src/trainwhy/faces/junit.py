"""The face for test reports: JUnit XML, one suite a chapter and one test case a file.

It is written so that the schema of Jenkins and the stricter one for Apache Ant both accept it: every suite has
properties, `system-out` and `system-err`, and what a program printed stands in its suite, not in its test case.
"""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from trainwhy.faces import clean, concise, wording
from trainwhy.faces.checked import standing
from trainwhy.faces.problems import problems
from trainwhy.faces.style import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.faces.checked import Checked
    from trainwhy.results import Report

FORMAT = "junit"
PRINTED = 16 * 1024  # characters of one program's output
PRINTED_BY_ALL = 256 * 1024  # characters of a suite's
WIDTH = 100
SCRIPTS = "scripts"  # the suite of files that are no exercise


def write(checked: Checked) -> str:
    """Write a `testsuites` document."""
    root = ET.Element("testsuites")
    for number, (chapter, reports) in enumerate(groupby(checked.reports, _chapter)):
        root.append(_suite(checked, chapter, number, list(reports)))
    if not checked.reports:
        root.append(_suite(checked, "trainwhy", 0, []))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _chapter(report: Report) -> str:
    """Name the folder of an exercise's file; scripts are together."""
    if report.exercise is None:
        return SCRIPTS
    parts = clean.one_line(wording.slashes(report.path)).split("/")
    return _token(parts[-2]) if len(parts) > 1 else "exercises"


def _suite(checked: Checked, chapter: str, number: int, reports: Sequence[Report]) -> ET.Element:
    stands = [standing(one) for one in reports]
    suite = ET.Element(
        "testsuite",
        {
            "name": chapter,
            "package": "trainwhy",
            "id": str(number),
            "timestamp": checked.began,
            "hostname": "localhost",
            "tests": str(len(reports)),
            "failures": str(stands.count("failed")),
            "errors": str(stands.count("error")),
            "skipped": str(stands.count("skipped")),
            "time": _seconds(sum(one.seconds for one in reports)),
        },
    )
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(checked):
        ET.SubElement(properties, "property", {"name": name, "value": value})
    suite.extend(_case(checked, chapter, report) for report in reports)
    ET.SubElement(suite, "system-out").text = _printed(reports)
    ET.SubElement(suite, "system-err").text = ""
    return suite


def _properties(checked: Checked) -> list[tuple[str, str]]:
    versions = next((one.versions for one in checked.reports if one.versions.tensorflow), None)
    known = [("tensorflow", versions.tensorflow), ("keras", versions.keras)] if versions else []
    return [("sandbox", wording.sandbox_words(checked.reports)), *known]


def _case(checked: Checked, chapter: str, report: Report) -> ET.Element:
    name = _token(clean.one_line(report.title or wording.slashes(report.path)))
    place = clean.one_line(checked.place(report)).rpartition("/")[2].removesuffix(".py")
    called = f"{place}: {name}" if report.title else place
    attributes = {"name": _token(called), "classname": chapter, "time": _seconds(report.seconds)}
    case = ET.Element("testcase", attributes)
    stands = standing(report)
    if stands == "skipped":
        ET.SubElement(case, "skipped").text = wording.neither(report)
    elif stands != "passed":
        tag = "failure" if stands == "failed" else "error"
        kind, message = _summary(report)
        ET.SubElement(case, tag, {"type": _legal(kind), "message": _legal(message)}).text = _details(report)
    return case


def _summary(report: Report) -> tuple[str, str]:
    """Say what went wrong in one line, and file it."""
    found = problems(report)
    if found:
        return found[0].rule, f"{found[0].name}: {found[0].title}" if found[0].finding else found[0].title
    return report.outcome, clean.one_line(wording.NOT_YOURS)


def _details(report: Report) -> str:
    from trainwhy.faces import terminal  # noqa: PLC0415 - brings Rich along, which the other formats do without

    first = "".join(f"{row}\n" for row in concise.lines(report))
    shown = terminal.report(Style(width=WIDTH), report, help=True)
    return _legal(f"{first}\n{shown}")


def _printed(reports: Sequence[Report]) -> str:
    parts = []
    for report in reports:
        if report.output.strip():
            head = f"--- {clean.one_line(wording.slashes(report.path))}"
            kept = clean.printable(report.output[:PRINTED]).rstrip("\n")
            cut = len(report.output) > PRINTED or report.output_dropped
            parts.append(f"{head}\n{kept}\n" + ("--- more was printed and is left out\n" if cut else ""))
    return _legal("".join(parts)[:PRINTED_BY_ALL])


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}" if math.isfinite(seconds) and seconds >= 0 else "0.000"


def _token(text: str) -> str:
    """Make a name of it: no blanks at its ends or in a row, and not empty."""
    return _legal(" ".join(text.split())) or "unnamed"


def _legal(text: str) -> str:
    """Leave out what XML 1.0 forbids even as a reference; `clean` has escaped nearly all of it already."""
    return "".join(
        sign
        for sign in text
        if sign in "\n\t" or " " <= sign < "\ud800" or "\ue000" <= sign < "\ufffe" or sign >= "\U00010000"
    )
