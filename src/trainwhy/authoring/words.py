"""House words: the texts of an exercise are short, calm and plain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trainwhy.authoring.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainwhy.course import Exercise

_UNWANTED = re.compile(r"\b(simply|just|illegal|oops|obviously)\b", re.IGNORECASE)
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_LINES = 30  # half a page
_WORDS = 200
_TITLE = 60  # characters; it shares its line with kind, level and minutes


def word_problems(exercise: Exercise) -> Iterator[Problem]:
    """Check the texts of `exercise.toml`."""
    path = exercise.folder / "exercise.toml"
    if len(exercise.title) > _TITLE:
        yield Problem(path, f"`title` is {len(exercise.title)} characters long; expected at most {_TITLE}")
    for key, text in _texts(exercise):
        yield from (Problem(path, f"`{key}` {complaint}") for complaint in complaints(text))


def lesson_problems(exercise: Exercise) -> Iterator[Problem]:
    """Check the lesson: there, at most half a page, in house words."""
    path, lesson = exercise.folder / "lesson.md", exercise.lesson().strip()
    lines, words = len(lesson.splitlines()), len(lesson.split())
    if not lesson:
        yield Problem(path, "is empty")
    if lines > _LINES or words > _WORDS:
        yield Problem(path, f"has {lines} lines and {words} words; expected at most {_LINES} and {_WORDS}")
    yield from (Problem(path, complaint) for complaint in complaints(lesson))


def complaints(text: str) -> list[str]:
    """Say what in a text the house does not say; code between backticks is free."""
    prose = _CODE.sub(" ", text)
    found = [f"says {word.lower()!r}" for word in _UNWANTED.findall(prose)]
    return [*found, "holds an exclamation mark"] if "!" in prose else found


def _texts(exercise: Exercise) -> Iterator[tuple[str, str]]:
    yield "title", exercise.title
    yield "takeaway", exercise.takeaway
    for place, hint in enumerate(exercise.hints):
        yield f"hints[{place}]", hint
    if exercise.prediction is not None:
        yield "prediction.question", exercise.prediction.question
    for question in exercise.questions:
        yield f"questions.{question.name}", question.text
        for option in question.options:
            yield f"questions.{question.name}.{option.id}", f"{option.text}\n{option.reason}"
