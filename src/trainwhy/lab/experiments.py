"""Question files: something is measured live, and literals are judged against it. No learner code runs here."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras

from trainwhy.course import Question, read_exercise
from trainwhy.lab.task import Experiment, Facts
from trainwhy.results import Answer, Measured, Request


def measure(request: Request, task: Experiment) -> Measured:
    """Run the experiment and judge the literals the request carries."""
    keras.utils.set_random_seed(request.seed)
    facts = task.measure(request.seed)
    right = task.right(facts.values)
    questions = read_exercise(Path(request.exercise)).questions
    answers = tuple(_judge(q, request.answers.get(q.name), right, task, facts) for q in questions)
    return Measured(answers=answers, tables=tuple(facts.tables), facts=dict(facts.values))


def _judge(question: Question, text: str | None, right: Mapping[str, Any], task: Experiment, facts: Facts) -> Answer:
    given = _literal(text)
    expected = right.get(question.name)
    accept = task.accept.get(question.name)
    good = bool(accept(given, facts.values)) if accept else _same(given, expected)
    return Answer(
        name=question.name,
        text=question.text,
        given="" if text is None else text,
        right=good,
        expected=repr(expected),
        reason=_reason(question, given, good, task, facts),
    )


def _literal(text: str | None) -> Any:
    try:
        return None if text is None else ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None


def _same(given: Any, expected: Any) -> bool:
    """Equality in which a list and a tuple of the same items are one answer and 1 is not True."""
    if isinstance(given, (list, tuple)) and isinstance(expected, (list, tuple)):
        return len(given) == len(expected) and all(map(_same, given, expected))
    if isinstance(given, bool) or isinstance(expected, bool):
        return given is expected
    return bool(given == expected)


def _reason(question: Question, given: Any, good: bool, task: Experiment, facts: Facts) -> str:
    chosen = next((option.reason for option in question.options if option.id == given), "")
    if chosen and not good:
        return chosen
    return task.describe(question.name, given, facts.values) if task.describe and not good else ""
