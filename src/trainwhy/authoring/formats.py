"""The half of an exercise's contract that can be seen without running anything.

How many answers an exercise must bring: a file with an entry function needs two alternatives in another style and two
mistakes. A question file needs alternatives only where more than one literal is right (kinds `interval` and `number`);
an option, an order or a truth has one right spelling. It needs two mistakes, or one when its only question is a truth.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import TYPE_CHECKING

from trainwhy.authoring.problems import Problem
from trainwhy.authoring.words import lesson_problems, word_problems
from trainwhy.course import plain, read_exercise
from trainwhy.course.reading import EXPECTS, EXPECTS_WORDS, read_chapter
from trainwhy.errors import BadExercise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trainwhy.course import Exercise

UNANSWERED = "?"
BLANK = re.compile(r"\b____\b")
_FILES = ("exercise.toml", "lesson.md", "task.py", "starter.py", "solution.py")
_FOLDERS = ("alternatives", "mistakes")
_CACHES = ("__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache")  # what tools leave behind anywhere
_MODULE = re.compile(r"[a-z][a-z0-9_]*\.py")
_HINTS = 3
_LONGEST = 40  # lines of one file: what fits on a screen beside the lesson
_EACH = 2  # alternatives, and mistakes


def course_problems(folder: Path) -> list[Problem]:
    """Check the format of a whole course; one broken exercise hides no other."""
    problems: list[Problem] = []
    seen: dict[str, Path] = {}
    for chapter in _folders(folder):
        problems += _chapter_problems(chapter)
        problems += [Problem(path, "does not belong in a chapter") for path in _stray(chapter, ("chapter.toml",))]
        for inner in _folders(chapter):
            problems += folder_problems(inner, seen)
    return problems


def folder_problems(folder: Path, seen: dict[str, Path] | None = None) -> list[Problem]:
    """Check the format of one exercise folder; `seen` remembers ids across folders."""
    try:
        exercise = read_exercise(folder)
    except BadExercise as error:
        return [Problem(error.path, f"`{error.key}` is {error.found}; expected {error.expected}")]
    problems = format_problems(exercise)
    if seen is not None:
        if exercise.id in seen:
            problems.append(Problem(folder / "exercise.toml", f"the id is taken by {seen[exercise.id].name}"))
        seen.setdefault(exercise.id, folder)
    return problems


def format_problems(exercise: Exercise) -> list[Problem]:
    """Check one exercise that could be read: texts, files and counts, and nothing is run."""
    missing = [Problem(exercise.folder / name, "is missing") for name in _FILES if not _is_file(exercise, name)]
    checks = [_strays, _hints, word_problems, _counts, _labels]
    if not missing:
        checks += [lesson_problems, _starter, _answers, _order]
    return missing + [problem for check in checks for problem in check(exercise)]


def _is_file(exercise: Exercise, name: str) -> bool:
    return (exercise.folder / name).is_file()


def _chapter_problems(folder: Path) -> list[Problem]:
    try:
        read_chapter(folder)
    except BadExercise as error:
        return [Problem(error.path, f"`{error.key}` is {error.found}; expected {error.expected}")]
    return []


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._")


def _stray(folder: Path, known: tuple[str, ...]) -> list[Path]:
    inside = (path for path in folder.iterdir() if path.name not in (*known, *_CACHES))
    return sorted(path for path in inside if path.name.startswith(".") or not path.is_dir())


def _strays(exercise: Exercise) -> Iterator[Problem]:
    for path in sorted(exercise.folder.iterdir()):
        if path.name not in (*_FILES, *_FOLDERS, *_CACHES):
            yield Problem(path, "does not belong in an exercise")
    for name in _FOLDERS:
        inner = exercise.folder / name
        for path in sorted(inner.iterdir()) if inner.is_dir() else ():
            if path.name not in _CACHES and not (_MODULE.fullmatch(path.name) and path.is_file()):
                yield Problem(path, f"does not belong in {name}; expected Python files such as `by_hand.py`")


def _hints(exercise: Exercise) -> Iterator[Problem]:
    path = exercise.folder / "exercise.toml"
    if len(exercise.hints) != _HINTS:
        yield Problem(path, f"`hints` holds {len(exercise.hints)}; expected {_HINTS}, the last a worked line")
    elif not re.search(r"`[^`]+`", exercise.hints[-1]):
        yield Problem(path, "the last of `hints` holds no worked line between backticks")
    if len(set(exercise.hints)) != len(exercise.hints):
        yield Problem(path, "`hints` holds the same hint twice")


def _counts(exercise: Exercise) -> Iterator[Problem]:
    many_right = bool(exercise.entry) or any(one.kind in ("interval", "number") for one in exercise.questions)
    one_wrong = not exercise.entry and [one.kind for one in exercise.questions] == ["truth"]
    wanted = (("alternatives", _EACH if many_right else 0), ("mistakes", 1 if one_wrong else _EACH))
    for name, least in wanted:
        count = len(exercise.alternatives() if name == "alternatives" else exercise.mistakes())
        if count < least:
            yield Problem(exercise.folder / name, f"holds {count} Python files; expected at least {least}")


def _labels(exercise: Exercise) -> Iterator[Problem]:
    names = tuple(question.name for question in exercise.questions)
    for path in exercise.mistakes():
        named = expected_label(path)
        if not (EXPECTS.fullmatch(named) or named.removeprefix("wrong:") in names):
            words = f"{EXPECTS_WORDS} or `wrong:` and a question's name"
            yield Problem(path, f"the first line is not `# expects: ` and {words}")


def expected_label(mistake: Path) -> str:
    """Read what a mistake says it must be named, from its first line; "" when it does not say."""
    first = mistake.read_text(encoding="utf-8").split("\n", 1)[0]
    return first.removeprefix("# expects: ").strip() if first.startswith("# expects: ") else ""


def _starter(exercise: Exercise) -> Iterator[Problem]:
    path, source = exercise.folder / "starter.py", exercise.starter()
    todos, blanks = source.count("TODO"), len(BLANK.findall(source))
    if exercise.questions:
        yield from _unanswered(exercise, path, source)
    elif exercise.kind == "fill":
        if not blanks:
            yield Problem(path, "holds no blank `____`")
    elif todos != 1:
        yield Problem(path, f"says TODO {todos} times; expected once")
    wanted = "unanswered" if exercise.questions and not exercise.entry else "blank" if blanks else exercise.expects
    if exercise.expects != wanted:
        yield Problem(path, f"`expects` is `{exercise.expects}`, but the starter is `{wanted}`")
    if plain(source) == plain(exercise.solution()):
        yield Problem(path, "is the solution")


def _unanswered(exercise: Exercise, path: Path, source: str) -> Iterator[Problem]:
    given = Counter(re.findall(rf'^(\w+) = "{re.escape(UNANSWERED)}"', source, re.MULTILINE))
    for question in exercise.questions:
        if given[question.name] != 1:
            yield Problem(path, f'holds no single line `{question.name} = "{UNANSWERED}"`')


def _answers(exercise: Exercise) -> Iterator[Problem]:
    right = (exercise.folder / "solution.py", *exercise.alternatives())
    for path in (exercise.folder / "starter.py", *right, *exercise.mistakes()):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > _LONGEST:
            yield Problem(path, f"is {lines} lines long; expected at most {_LONGEST}")
    for path in right:
        source = path.read_text(encoding="utf-8")
        if "TODO" in source or BLANK.search(source) or f' = "{UNANSWERED}"' in source:
            yield Problem(path, "still holds a TODO, a blank or an unanswered question")
        if plain(source) == plain(exercise.solution()) and path.name != "solution.py":
            yield Problem(path, "is the solution again")
    yield from _entry(exercise)


def _entry(exercise: Exercise) -> Iterator[Problem]:
    path = exercise.folder / "solution.py"
    try:
        tree = ast.parse(exercise.solution())
    except SyntaxError as error:
        yield Problem(path, f"is no Python: {error.msg} in line {error.lineno}")
        return
    functions = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
    name, _, arguments = exercise.entry.partition("(")
    if name and name not in functions:
        yield Problem(path, f"defines no function `{name}`, which `entry` asks for")
    elif name and ast.unparse(functions[name].args) != arguments.rstrip(")"):
        yield Problem(path, f"defines `{name}({ast.unparse(functions[name].args)})`; `entry` says `{exercise.entry}`")


def _order(exercise: Exercise) -> Iterator[Problem]:
    path = exercise.folder / "exercise.toml"
    if exercise.kind == "write" and not exercise.order_lines:
        yield Problem(path, "`order.lines` is missing: `write` has a rung with the solution's lines out of order")
    solution = [line.strip() for line in exercise.solution().split("\n")]
    for line in exercise.order_lines:
        if line.strip() not in solution:
            yield Problem(path, f"`order.lines` holds `{line.strip()}`, which is no line of the solution")
