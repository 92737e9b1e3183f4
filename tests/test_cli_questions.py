"""Question files: a typed answer becomes a literal, and the literal lands where it belongs."""

import pytest

from trainwhy.cli import questions
from trainwhy.course import Option, Question

OPTIONS = (Option("weights", "The weights."), Option("data", "The data."), Option("speed", "The speed."))


def question(kind, name="answer"):
    return Question(name, "What changed?", kind, OPTIONS if kind in ("option", "order") else ())


@pytest.mark.parametrize(
    ("kind", "typed", "literal"),
    [
        ("option", "b", '"data"'),
        ("option", "B", '"data"'),
        ("option", "speed", '"speed"'),
        ("option", "d", None),
        ("option", "", None),
        ("order", "cab", '["speed", "weights", "data"]'),
        ("order", "c, a, b", '["speed", "weights", "data"]'),
        ("order", "ca", None),
        ("order", "caa", None),
        ("interval", "0.5 2", "(0.5, 2)"),
        ("interval", "2, .5", "(.5, 2)"),
        ("interval", "(1e-3, +4)", "(1e-3, 4)"),
        ("interval", "0.1 to 9", "(0.1, 9)"),
        ("interval", "-1 1", "(-1, 1)"),
        ("interval", "15", None),
        ("interval", "1 2 3", None),
        ("interval", "nan 2", None),
        ("truth", "y", "True"),
        ("truth", "No", "False"),
        ("truth", "maybe", None),
        ("number", "-3.5e2", "-3.5e2"),
        ("number", "+3", "3"),
        ("number", "three", None),
        ("number", "__import__('os')", None),
    ],
)
def test_typed_answers_become_literals(kind, typed, literal):
    assert questions.reader(question(kind))(typed) == literal


def test_a_literal_is_replaced_and_everything_else_stays():
    source = '# a comment\nanswer = None  # one letter\nother = (1,\n    2)  # two\nlast = "x"'
    filled = questions.fill(source, {"answer": '"data"', "other": "(3, 4)"})
    assert filled == '# a comment\nanswer = "data"  # one letter\nother = (3, 4)  # two\nlast = "x"'


def test_columns_behind_letters_outside_ascii_are_right():
    assert questions.fill('answer = "ünïcode"  # ä\n', {"answer": '"data"'}) == 'answer = "data"  # ä\n'


def test_two_literals_on_neighbouring_lines_do_not_disturb_each_other():
    assert questions.fill("a = (1,\n2)\nb = 3\n", {"a": "7", "b": "8"}) == "a = 7\nb = 8\n"


def test_windows_line_ends_and_form_feeds_stay():
    assert questions.fill("x = 1\x0c\r\nanswer = None\r\n", {"answer": "2"}) == "x = 1\x0c\r\nanswer = 2\r\n"


def test_a_name_that_is_missing_is_added_at_the_end():
    assert questions.fill("# nothing here", {"answer": "3"}) == "# nothing here\nanswer = 3\n"


def test_only_unanswered_questions_are_open():
    asked = [
        question("option", "one"),
        question("truth", "two"),
        question("number", "three"),
        question("order", "four"),
    ]
    source = 'one = "data"\ntwo = "?"\nthree = ...\n'
    assert [left.name for left in questions.open_questions(asked, source)] == ["two", "three", "four"]


def test_a_file_that_does_not_parse_has_no_literals():
    assert questions.literals("answer = = 3") == {}
    assert questions.literals("answer = 3\x00") == {}
