"""Our own failures: the tree in the docstring is the truth, and messages keep the house rules."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from trainwhy import errors

HERE = Path("/somewhere/work")
EXAMPLES = [
    errors.TrainwhyError("the thing is odd"),
    errors.Usage("the command is odd"),
    errors.UnknownExercise("mising", ("missing-apply", "uphill")),
    errors.NotAWorkspace(HERE),
    errors.NewerWorkspace(HERE, 9, 1),
    errors.NotWritten(HERE / "a.py", "the disk is full"),
    errors.BadFile(HERE / "a.py", "a folder", "a Python file"),
    errors.NothingToCheck("no exercise file in x"),
    errors.Interrupted(),
    errors.NoTensorFlow("No module named 'tensorflow'"),
    errors.NoSandbox("the sandbox here is none"),
    errors.BadExercise(HERE / "exercise.toml", "minutes", "'5'", "a whole number"),
    errors.Internal("the worker said nothing"),
]


def _documented() -> dict[str, int]:
    return {name: int(code) for name, code in re.findall(r"(\w+) +(\d+)  ", errors.__doc__ or "")}


def test_the_tree_in_the_docstring_holds_every_class_with_its_exit_code() -> None:
    classes = {name: one for name, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, Exception)}
    assert _documented() == {name: one.exit_code for name, one in classes.items()}
    assert {type(error).__name__ for error in EXAMPLES} == set(classes)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_messages_stand_alone_in_plain_words(error: errors.TrainwhyError) -> None:
    assert str(error) == error.message != ""
    assert not re.search(r"\b(simply|just|illegal|oops|I|we)\b|!|\n", f"{error.message} {error.hint}")
    assert not error.message.endswith(".")


def test_an_exit_code_of_its_own_stays_on_the_one_exception() -> None:
    assert errors.TrainwhyError("x", exit_code=3).exit_code == 3
    assert errors.TrainwhyError.exit_code == 70


@pytest.mark.parametrize(
    ("near", "ambiguous", "words"),
    [
        ((), False, "no exercise is called `x`"),
        (("a",), False, "no exercise is called `x`; did you mean `a`?"),
        (("a", "b", "c"), False, "no exercise is called `x`; did you mean `a`, `b` or `c`?"),
        (("a", "b"), True, "`x` names more than one exercise: `a` or `b`"),
    ],
)
def test_unknown_exercise_says_what_is_near(near: tuple[str, ...], ambiguous: bool, words: str) -> None:
    assert str(errors.UnknownExercise("x", near, ambiguous=ambiguous)) == words


def test_a_line_break_in_a_file_name_does_not_break_the_message() -> None:
    assert "\n" not in str(errors.BadFile("a\nb.py", "missing", "a file"))
