"""Question files: what is asked, how a typed answer becomes a literal, and where the literal goes in the file.

Everything here is pure. The kinds: `option` (one id), `order` (a list of ids), `interval` (a pair of numbers), `truth`
(True or False), `number`.
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from trainwhy.course import Question

OPEN = (
    "",
    '"?"',
    "'?'",
    '"____"',
    "'____'",
    "____",
    "None",
    "0",
    "...",
    '""',
    "''",
    "[]",
    "()",
)  # literals that answer nothing
CONFIDENCE = "confidence"  # the literal beside the answers: 0 not said, 1 guessing, 2 fairly, 3 certain
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Python ends lines only here; `str.splitlines` knows a few more ends, which would shift the places.
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"


def lettered(question: Question) -> list[tuple[str, str, str]]:
    """Give each option a letter: `(letter, id, words)`."""
    return [(letter, option.id, option.text) for letter, option in zip(_LETTERS, question.options, strict=False)]


def example(question: Question) -> str:
    """Show the form in which an answer is typed."""
    return {
        "order": "the letters in order, for example bac",
        "interval": "lowest and highest, for example 0.5 2",
        "truth": "yes or no",
        "number": "a number, for example 0.5",
    }.get(question.kind, "one letter")


def form(question: Question) -> str:
    """Show how an answer without options is written in the file."""
    return {
        "interval": f"for example: {question.name} = (0.5, 2)",
        "truth": f"for example: {question.name} = True",
        "number": f"for example: {question.name} = 0.5",
    }.get(question.kind, f"for example: {question.name} = ...")


def reader(question: Question) -> Callable[[str], str | None]:
    """Give the function that turns a typed line into a literal, or into nothing when it cannot be read."""
    if question.kind == "order":
        return lambda typed: _order(question, typed)
    return {"interval": _interval, "truth": _truth, "number": _number}.get(
        question.kind, lambda typed: _id(question, typed)
    )


def _id(question: Question, typed: str) -> str | None:
    names = {letter: value for letter, value, _ in lettered(question)}
    value = names.get(typed.lower(), typed.lower())
    return f'"{value}"' if value in names.values() else None


def _order(question: Question, typed: str) -> str | None:
    names = {letter: value for letter, value, _ in lettered(question)}
    letters = re.sub(r"[\s,;>-]+", "", typed.lower())
    if sorted(letters) != sorted(names):
        return None
    return "[" + ", ".join(f'"{names[letter]}"' for letter in letters) + "]"


def _interval(typed: str) -> str | None:
    match = re.fullmatch(rf"[\[(]?\s*({_NUMBER})(?:\s*(?:,|;|\bto\b|\.\.)\s*|\s+)({_NUMBER})\s*[\])]?", typed.strip())
    if match is None:
        return None
    low, high = sorted(match.groups(), key=float)
    return f"({low.lstrip('+')}, {high.lstrip('+')})"


def _truth(typed: str) -> str | None:
    return {"y": "True", "yes": "True", "true": "True", "n": "False", "no": "False", "false": "False"}.get(
        typed.lower()
    )


def _number(typed: str) -> str | None:
    return typed.lstrip("+") if re.fullmatch(_NUMBER, typed) else None


def literals(source: str) -> dict[str, str]:
    """Read every `name = ...` at the top level of a file, as Python text; a file that does not parse has none."""
    return {name: ast.get_source_segment(source, value) or "" for name, value in _assignments(source).items()}


def open_questions(questions: Sequence[Question], source: str) -> list[Question]:
    """Pick the questions that the file does not answer yet: no such name, or `None`, `...` or an empty text."""
    given = literals(source)
    return [question for question in questions if given.get(question.name, "") in OPEN]


def fill(source: str, answers: Mapping[str, str]) -> str:
    """Write literals over the ones in the file, and leave everything else as it is, comments included."""
    places = _assignments(source)
    lines = _LINES.findall(source)
    # From the end to the beginning, so that the places in front stay right.
    for name, value in sorted(places.items(), key=lambda item: -item[1].lineno):
        if name in answers:
            _replace(lines, value, answers[name])
    missing = [name for name in answers if name not in places]
    if missing and lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return "".join(lines) + "".join(f"{name} = {answers[name]}\n" for name in missing)


def _assignments(source: str) -> dict[str, ast.expr]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an odd escape in the learner's file is not our message
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return {}
    found: dict[str, ast.expr] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            found[node.target.id] = node.value
    return found


def _replace(lines: list[str], value: ast.expr, text: str) -> None:
    """Put `text` where `value` stands; Python counts columns in bytes."""
    first, last = value.lineno - 1, (value.end_lineno or value.lineno) - 1
    before = lines[first].encode()[: value.col_offset].decode()
    after = lines[last].encode()[value.end_col_offset :].decode()
    lines[first : last + 1] = [before + text + after]
