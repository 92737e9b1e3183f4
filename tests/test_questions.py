"""Question files: literals are read, never executed; only complete answers are measured."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recorded
from trainwhy import questions
from trainwhy.results import Answer, Ended, Event, Failure, Measured, Report, Request, Row, Started, Table
from trainwhy.worker.replay import Replay

RIGHT = recorded.CASES["answers_right"]
NAMES = tuple(question.name for question in RIGHT.of.questions)


class Says:
    """A worker that says the same to whatever it is asked."""

    def __init__(self, *events: Event) -> None:
        self.events = events
        self.asked: list[Request] = []

    def run(self, request: Request) -> Iterator[Event]:
        self.asked.append(request)
        yield from self.events

    def cancel(self) -> None: ...

    def close(self) -> None: ...


def judge(source: str, *events: Event) -> tuple[Report, list[Request]]:
    worker = Says(*events)
    found = questions.check(RIGHT.of, source, worker, path="01/05.py", listen=lambda _: None)
    return found, worker.asked


def replayed(name: str) -> Report:
    case = recorded.CASES[name]
    return questions.check(
        case.of, case.source, Replay(recorded.FOLDER / name), path=case.of.file, listen=lambda _: None
    )


# ------------------------------------------------------------------------------------------------- judged


def test_right_answers_are_solved_with_what_was_measured() -> None:
    found = replayed("answers_right")
    assert (found.outcome, found.verdict, found.error) == ("finished", "solved", None)
    assert [answer.name for answer in found.answers] == list(NAMES)
    assert found.tables
    assert found.versions.tensorflow


def test_a_wrong_answer_is_named_with_its_reason() -> None:
    found = replayed("answers_wrong")
    assert (found.outcome, found.verdict) == ("finished", "unsolved")
    (wrong,) = [answer for answer in found.answers if not answer.right]
    assert (wrong.name, wrong.given) == ("tape_gradient", "True")
    assert wrong.reason


@pytest.mark.parametrize("open_", ["'?'", '"?"', "None", "'____'", "a + b", "print()", "{[]: 1}", "f'{1}'"])
def test_an_open_answer_or_one_that_is_no_literal_is_not_measured(open_: str) -> None:
    source = RIGHT.source.replace("tape_gradient = False", f"tape_gradient = {open_}")
    found, asked = judge(source)
    assert asked == []
    assert (found.outcome, found.verdict) == ("finished", "unsolved")
    assert found.error is not None
    assert (found.error.type, found.error.message) == ("Unanswered", "no answer yet for `tape_gradient`")
    (answer,) = found.answers
    assert (answer.name, answer.given, answer.right, answer.expected) == ("tape_gradient", "", False, "")
    assert answer.text


def test_every_question_is_open_in_a_file_without_answers() -> None:
    found, asked = judge("# nothing yet\n")
    assert asked == []
    assert [answer.name for answer in found.answers] == list(NAMES)
    assert found.error is not None
    assert all(f"`{name}`" in found.error.message for name in NAMES)


@pytest.mark.parametrize(
    ("source", "line"), [("a = 'b\n", 1), ("x = 1\na = = 2\n", 2), ("  a = 1\n", 1), ("a = (\n", 1)]
)
def test_a_file_that_is_no_python_is_said_with_its_line(source: str, line: int) -> None:
    found, asked = judge(source)
    assert asked == []
    assert (found.outcome, found.verdict) == ("raised", None)
    assert found.error is not None
    assert found.error.type in ("SyntaxError", "IndentationError")
    assert found.error.line == line
    assert found.error.hint


@pytest.mark.parametrize("source", ["a = 1\0\n", "a = " + "(" * 5000 + ")" * 5000, "a = " + "-" * 100_000 + "1"])
def test_files_that_no_parser_takes_are_the_files_fault(source: str) -> None:
    found, asked = judge(source)
    assert asked == []
    assert found.outcome == "raised"
    assert found.error is not None
    assert found.error.type in ("SyntaxError", "ValueError", "MemoryError", "RecursionError")


def test_the_worker_is_asked_with_the_literals() -> None:
    _, (request,) = judge(RIGHT.source, Ended("finished", 0.1))
    assert request.job == "experiment"
    assert request.answers["model_fit"] == "True"
    assert request.answers["confidence"] == "3"
    assert request.seed == RIGHT.of.seeds[0]
    assert request.deadline == RIGHT.deadline


@pytest.mark.parametrize("outcome", ["crashed", "timed_out", "internal"])
def test_an_experiment_that_did_not_finish_has_no_verdict(outcome: str) -> None:
    failure = Failure("E", "m")
    end = Ended(outcome, 0.1, failure, notes=("slow",))  # type: ignore[arg-type]
    table = Table("t", ("c",), (Row(("1",)),))
    found, _ = judge(RIGHT.source, Started("2.21.0", "3.15.1", "landlock"), Measured(tables=(table,)), end)
    assert (found.outcome, found.verdict, found.error) == (outcome, None, failure)
    assert (found.answers, found.tables, found.notes) == ((), (table,), ("slow",))
    assert (found.versions.tensorflow, found.sandbox) == ("2.21.0", "landlock")


def test_an_experiment_that_measured_nothing_solves_nothing() -> None:
    found, _ = judge(RIGHT.source, Ended("finished", 0.1))
    assert (found.verdict, found.answers, found.versions.tensorflow) == ("unsolved", (), "")


def test_one_wrong_answer_is_enough() -> None:
    answers = tuple(Answer(name, "", "", right=name != "model_fit", expected="", reason="") for name in NAMES)
    found, _ = judge(RIGHT.source, Measured(answers=answers), Ended("finished", 0.1))
    assert (found.verdict, found.answers) == ("unsolved", answers)


# ------------------------------------------------------------------------------------------------- literals, blanks


def test_literals_are_read_from_the_left_margin_only() -> None:
    source = """
a = 'x'
b: int = -1
c = d = (1, 2.5)
e = {'k': [None, True]}
f: int
g = open('secret')
if True:
    h = 1
def i():
    j = 1
k.l = 1
m, n = 1, 2
o += 1
a = 'last'
"""
    assert questions.literals(source) == {
        "a": "'last'",
        "b": "-1",
        "c": "(1, 2.5)",
        "d": "(1, 2.5)",
        "e": "{'k': [None, True]}",
        "g": "None",
    }


def test_nothing_is_executed(tmp_path: Path) -> None:
    target = tmp_path / "made"
    questions.literals(f"a = open({str(target)!r}, 'w')\n")
    assert not target.exists()


def test_a_number_too_long_to_print_is_no_answer() -> None:
    assert questions.literals("a = 0x" + "f" * 10_000) == {"a": "None"}


@given(st.text())
def test_any_text_has_literals_or_is_no_python(source: str) -> None:
    try:
        found = questions.literals(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    assert all(isinstance(text, str) for text in found.values())


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = ____\n", (1,)),
        ("x = 1\ny = ___ + _____\n", (2, 2)),
        ("model.____(x)\n", (1,)),
        ("# ____\nx = '____'\n", ()),
        ("_ = __ = 1\n", ()),
        ("____x = x____ = 1\n", ()),
        ("", ()),
        ("x = '''____\n", ()),
        ("x = (____\n", ()),
        ("if x:\n        ____\n    y\n", ()),
    ],
)
def test_blanks_are_names_of_underscores(source: str, lines: tuple[int, ...]) -> None:
    assert questions.blanks(source) == lines


@given(st.text())
def test_any_text_can_be_searched_for_blanks(source: str) -> None:
    assert isinstance(questions.blanks(source), tuple)
