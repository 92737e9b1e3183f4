"""The JUnit face: valid for both schemas in use, every file one case, and nothing that XML forbids."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

import reports
from trainwhy.faces import junit
from trainwhy.faces.checked import Checked
from trainwhy.results import Report

SCHEMAS = Path(__file__).parent / "fixtures" / "schemas"
EVERY = (*reports.ALL.values(), reports.untouched)


def made(*chosen: Report) -> etree._Element:
    return etree.fromstring(junit.write(Checked(chosen, 21.3, "2026-05-04T03:02:01", 1)).encode())


def case(report: Report) -> etree._Element:
    (found,) = made(report).iter("testcase")
    return found


@pytest.mark.parametrize("schema", ["junit-4.xsd", "junit-10.xsd"])
@pytest.mark.parametrize("make", [*EVERY, None])
def test_every_document_is_valid(schema: str, make) -> None:
    validator = etree.XMLSchema(etree.parse(SCHEMAS / schema))
    validator.assertValid(made(*([make()] if make else [])))
    validator.assertValid(made(*(one() for one in EVERY)))


def test_it_keeps_what_the_schema_for_ant_asks_beyond_that() -> None:
    root = made(*(one() for one in EVERY))
    assert not root.attrib
    for number, suite in enumerate(root):
        assert [child.tag for child in suite if child.tag != "testcase"] == ["properties", "system-out", "system-err"]
        assert suite.get("id") == str(number)
        assert suite.get("timestamp") == "2026-05-04T03:02:01"
        assert {"name", "package", "hostname", "tests", "failures", "errors", "time"} <= set(suite.attrib)
        for one in suite.iter("testcase"):
            assert {"name", "classname", "time"} == set(one.attrib)
            assert len(one) <= 1
            assert all(inner.get("type") for inner in one if inner.tag != "skipped")


def test_one_case_a_file_under_its_chapter() -> None:
    root = made(reports.never_applied(), reports.solved(), reports.question())
    assert [suite.get("name") for suite in root] == ["02_the_step", "01_what_training_does"]
    first = root[0]
    assert (first.get("tests"), first.get("failures"), first.get("errors"), first.get("skipped")) == (
        "2",
        "1",
        "0",
        "0",
    )
    assert first.get("time") == "2.512"
    assert {one.get("classname") for one in first.iter("testcase")} == {"02_the_step"}
    assert case(reports.never_applied()).get("name") == "01_loss_that_never_moves: The loss that never moves"


@pytest.mark.parametrize(
    ("make", "tags"),
    [
        (reports.solved, []),
        (reports.never_applied, ["failure"]),
        (reports.question, ["failure"]),
        (reports.crash, ["error"]),
        (reports.ours, ["error"]),
        (reports.untouched, ["skipped"]),
        (lambda: replace(reports.ours(), outcome="timed_out"), ["error"]),
        (lambda: replace(reports.solved(), verdict="flaky"), ["skipped"]),
        # A named cause says more than the exception it led to.
        (lambda: replace(reports.never_applied(), outcome="raised"), ["failure"]),
    ],
)
def test_a_verdict_has_its_tag(make, tags) -> None:
    assert [inner.tag for inner in case(make())] == tags


def test_a_failure_says_what_verify_says_with_frame_and_help() -> None:
    failure = case(reports.never_applied())[0]
    assert failure.get("type") == "TW101"
    assert failure.get("message") == "gradients-never-applied: the gradients are computed and thrown away"
    assert failure.text.startswith("02_the_step/01_loss_that_never_moves.py:15:5: TW101 gradients-never-applied: ")
    for part in ("15 |     gradients = tape.gradient(", "proof ", "help ", "+     optimizer.apply_gradients("):
        assert part in failure.text


def test_our_own_fault_never_reads_as_theirs() -> None:
    error = case(reports.ours())[0]
    assert "not a fault in your code" in error.get("message")
    assert "not a fault in your code" in error.text


def test_what_xml_forbids_is_left_out_and_the_rest_is_kept() -> None:
    text = junit.write(
        Checked(
            (reports.hostile(), replace(reports.solved(), output="a\x00b\x0b\ufffe\ud800c\n")),
        )
    )
    assert not {sign for sign in text if sign != "\n" and not sign.isprintable()}
    root = etree.fromstring(text.encode())
    printed = "".join(root.itertext("system-out"))
    assert r"a\x00b\x0b\ufffe\ud800c" in printed
    assert r"\x1b[31mred" in printed


def test_what_a_program_printed_is_bounded() -> None:
    loud = replace(reports.solved(), output="x" * 100_000)
    suites = made(*[loud] * 40)
    printed = suites[0].findtext("system-out")
    assert len(printed) <= junit.PRINTED_BY_ALL
    assert len(made(loud)[0].findtext("system-out")) < junit.PRINTED + 200
    assert "left out" in made(loud)[0].findtext("system-out")


def test_a_time_that_is_no_number_is_none() -> None:
    for seconds in (float("inf"), float("nan"), -1.0):
        assert case(replace(reports.solved(), seconds=seconds)).get("time") == "0.000"


def test_the_sandbox_is_named() -> None:
    def said(*chosen: Report) -> str:
        return made(*chosen)[0].find("properties/property[@name='sandbox']").get("value")

    assert said(reports.solved()) == "landlock + seccomp"
    assert said(reports.solved(), reports.question()).startswith("none; ")
    assert (
        said(replace(reports.untouched(), versions=reports.Versions("0.1.0"), sandbox="none"))
        == "none, nothing was run"
    )
