"""The SARIF face: valid for the public schema, and what code scanning needs to show and to recognise a problem."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import reports
from trainwhy import catalogue
from trainwhy.cli import writing
from trainwhy.faces import problems, sarif
from trainwhy.faces.checked import Checked
from trainwhy.results import Report, Span

SCHEMA = json.loads((Path(__file__).parent / "fixtures" / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
EVERY = (*reports.ALL.values(), reports.untouched)


def made(*chosen: Report, **around: Any) -> dict[str, Any]:
    document = json.loads(sarif.write(Checked(chosen, 21.3, "2026-05-04T03:02:01", 1, **around)))
    VALIDATOR.validate(document)
    return document["runs"][0]


def result(report: Report, at: int = 0, **around: Any) -> dict[str, Any]:
    return made(report, **around)["results"][at]


@pytest.mark.parametrize("make", EVERY)
def test_every_log_is_valid_and_every_result_has_its_rule_and_a_line(make) -> None:
    for run in (made(make()), made(*(one() for one in EVERY)), made()):
        rules = run["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == sorted({one["ruleId"] for one in run["results"]})
        for one in run["results"]:
            assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
            (place,) = one["locations"]
            assert place["physicalLocation"]["region"]["startLine"] >= 1
            assert one["message"]["text"]
            assert one["partialFingerprints"]["primaryLocationLineHash"]


def test_a_finding_lies_on_the_learners_own_lines() -> None:
    one = result(reports.broadcast())
    region = one["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]) == (10, 41, 10, 49)
    assert region["snippet"]["text"] == "        return tf.reduce_mean(tf.square(y - pred))"
    assert [each["physicalLocation"]["region"]["startLine"] for each in one["relatedLocations"]] == [6, 7, 9]
    assert one["relatedLocations"][0]["message"]["text"] == "shape `(64,)`"
    assert one["properties"]["proof"]["status"] == "likely"
    assert one["level"] == "error"


def test_a_diagnosis_is_a_rule_with_its_page() -> None:
    checked = writing.checked(Path(), [reports.never_applied()], 1.0, 1)
    (rule,) = json.loads(sarif.write(checked))["runs"][0]["tool"]["driver"]["rules"]
    known = catalogue.find("TW101")
    assert known
    assert (rule["id"], rule["name"]) == ("TW101", "gradients-never-applied")
    assert rule["shortDescription"]["text"] == "The gradients are computed and thrown away."
    assert rule["fullDescription"]["text"].lower().startswith(known.diagnosis.why.lower())
    assert "What happens\nThe tape gives a gradient for every weight" in rule["help"]["text"]
    assert "```diff" in rule["help"]["markdown"]
    assert "trainwhy explain TW101" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"]["level"] == "error"


def test_every_diagnosis_can_be_a_rule() -> None:
    finding = reports.never_applied().findings[0]
    all_of_them = [
        replace(reports.never_applied(), findings=(replace(finding, code=entry.code, name=entry.diagnosis.name),))
        for entry in catalogue.entries()
    ]
    whole = writing.checked(Path(), all_of_them, 1.0, 1)
    document = json.loads(sarif.write(whole))
    VALIDATOR.validate(document)
    rules = document["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [entry.code for entry in catalogue.entries()]
    assert all(len(rule["help"]["text"]) > 200 for rule in rules)


@pytest.mark.parametrize(
    ("make", "rules"),
    [
        (reports.solved, []),
        (reports.untouched, []),
        (reports.crash, ["raised"]),
        (reports.question, ["answer-not-right"]),
        (lambda: replace(reports.crash(), outcome="timed_out"), ["timed-out"]),
        (lambda: replace(reports.crash(), outcome="out_of_memory", findings=()), ["out-of-memory"]),
        (lambda: replace(reports.never_applied(), findings=()), ["goal-not-met"]),
        (lambda: replace(reports.solved(), verdict="flaky"), ["flaky"]),
        (lambda: replace(reports.crash(), outcome="finished"), ["incomplete"]),
        # One cause, one message: the exception it led to is not told beside it.
        (lambda: replace(reports.crash(), findings=reports.never_applied().findings), ["TW101"]),
    ],
)
def test_what_goes_wrong_without_a_diagnosis_has_a_rule_too(make, rules) -> None:
    run = made(make())
    assert [one["ruleId"] for one in run["results"]] == rules
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["id"].startswith("TW") or rule["shortDescription"]["text"] == problems.OTHERS[rule["id"]]


def test_a_fault_of_ours_is_a_notification_and_nobodys_alert() -> None:
    run = made(reports.ours())
    assert run["results"] == []
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "not a fault in your code" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_how_the_command_ended() -> None:
    (invocation,) = made(reports.solved())["invocations"]
    assert invocation["executionSuccessful"] is True
    assert invocation["exitCode"] == 1
    assert (invocation["startTimeUtc"], invocation["endTimeUtc"]) == ("2026-05-04T03:02:01Z", "2026-05-04T03:02:22Z")


def test_a_problem_is_recognised_when_lines_above_it_come() -> None:
    before = reports.never_applied()
    finding = before.findings[0]
    moved = replace(
        before,
        source="# one more line\n" + before.source,
        findings=(replace(finding, spans=tuple(replace(span, line=span.line + 1, end_line=span.end_line + 1)
                                               for span in finding.spans)),),
    )  # fmt: skip
    first, second = (result(one)["partialFingerprints"] for one in (before, moved))
    assert first == second
    elsewhere = replace(before, path="another.py")
    assert result(elsewhere)["partialFingerprints"] != first
    twice = made(before, before)["results"]
    assert len({one["partialFingerprints"]["primaryLocationLineHash"] for one in twice}) == 2


def test_a_line_that_is_not_there_is_not_named() -> None:
    before = reports.never_applied()
    lost = replace(before, findings=(replace(before.findings[0], spans=(Span(400, 1, 400, 2, "nowhere"),)),))
    assert result(lost)["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_paths_are_relative_to_the_repository_where_there_is_one() -> None:
    report = reports.never_applied()

    def uri(path: str, place: str = "") -> dict[str, str]:
        one = result(replace(report, path=path), places={path: place} if place else {})
        return one["locations"][0]["physicalLocation"]["artifactLocation"]

    assert uri("a b/ä[1]%.py") == {"uri": "a%20b/%C3%A4%5B1%5D%25.py", "uriBaseId": "%SRCROOT%"}
    assert uri("x.py", "course/x.py") == {"uri": "course/x.py", "uriBaseId": "%SRCROOT%"}
    assert uri("/data/x.py") == {"uri": "file:///data/x.py"}
    assert uri("C:\\data\\x.py") == {"uri": "file:///C:/data/x.py"}


def test_nothing_in_it_acts_on_a_terminal_or_as_a_link() -> None:
    text = sarif.write(Checked((reports.hostile(),)))
    text.encode("ascii")
    assert "\\u001b" not in text
    assert "\\ud800" not in text.replace("\\\\ud800", "")
    message = result(reports.hostile())["message"]["text"]
    assert r"\[/foo\] \[bold\]not bold" in message


def test_the_sandbox_is_named() -> None:
    assert made(reports.solved())["properties"]["sandbox"] == "landlock + seccomp"
    assert made(reports.question())["properties"]["sandbox"].startswith("none; ")
