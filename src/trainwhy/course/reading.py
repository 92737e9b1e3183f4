"""From `exercise.toml` and `chapter.toml` to plain data. Nothing of an exercise is executed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trainwhy.course.exercise import KINDS, LEVELS, QUESTION_KINDS, Chapter, Exercise, Option, Prediction, Question
from trainwhy.course.table import Table, found, read_table
from trainwhy.errors import BadExercise

if TYPE_CHECKING:
    from pathlib import Path

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
FOLDER = re.compile(r"(\d\d)_[a-z][a-z0-9]*(_[a-z0-9]+)*")
NAME = re.compile(r"[a-z][a-z0-9_]*")
ENTRY = re.compile(r"[A-Za-z_]\w*\(([A-Za-z_]\w*(, [A-Za-z_]\w*)*)?\)")
EXPECTS = re.compile(r"TW\d{3}|unanswered|blank|raised:[A-Za-z_]\w*|unmet:[a-z0-9]+(-[a-z0-9]+)*")
EXPECTS_WORDS = "`TWnnn`, `unanswered`, `blank`, `raised:TypeName` or `unmet:goal-name`"

_EXERCISE_KEYS = (
    "id",
    "title",
    "kind",
    "level",
    "minutes",
    "concepts",
    "entry",
    "epochs",
    "seeds",
    "deadline",
    "expects",
    "hints",
    "takeaway",
    "prediction",
    "questions",
    "order",
)


def read_exercise(folder: Path) -> Exercise:
    """Read and validate one exercise folder, together with its chapter's title."""
    # Absolute, because the worker that loads the task works in a folder of its own.
    folder = folder.absolute()
    return exercise_of(folder, read_chapter(folder.parent))


def read_chapter(folder: Path) -> Chapter:
    """Read and validate a `chapter.toml`, without the exercises below it."""
    table = read_table(folder / "chapter.toml")
    table.only(("title", "intro"))
    return Chapter(folder, folder_number(folder), table.text("title"), table.text("intro"))


def exercise_of(folder: Path, chapter: Chapter) -> Exercise:
    """Read and validate one exercise of a chapter."""
    table = read_table(folder / "exercise.toml")
    table.only(_EXERCISE_KEYS)
    return Exercise(
        folder=folder,
        id=table.text("id", pattern=SLUG, expected='a slug, for example "missing-apply"'),
        number=f"{chapter.number}.{folder_number(folder)}",
        chapter=chapter.name,
        chapter_title=chapter.title,
        title=table.text("title"),
        kind=table.text("kind", one_of=KINDS),
        level=table.text("level", one_of=LEVELS),
        minutes=table.whole("minutes", 1, 60),
        concepts=table.texts("concepts"),
        entry=table.text("entry", "", pattern=ENTRY, expected='a signature, for example "train(model, data)", or ""'),
        epochs=table.whole("epochs", 1, 100, 5),
        seeds=table.wholes("seeds", (0, 1, 2)),
        deadline=table.number("deadline", 1, 120, 20.0),
        expects=table.text("expects", pattern=EXPECTS, expected=EXPECTS_WORDS),
        hints=table.texts("hints"),
        takeaway=table.text("takeaway"),
        prediction=_prediction(table),
        questions=_questions(table),
        order_lines=_order_lines(table),
    )


def folder_number(folder: Path) -> int:
    """Read the number in front of a chapter's or an exercise's folder name."""
    match = FOLDER.fullmatch(folder.name)
    if match is None:
        raise BadExercise(folder, "folder name", found(folder.name), "two digits and words, for example `02_the_step`")
    return int(match[1])


def _prediction(table: Table) -> Prediction | None:
    inner = table.table("prediction")
    if inner is None:
        return None
    inner.only(("about", "question"))
    return Prediction(inner.text("about", one_of=("loss",)), inner.text("question"))


def _questions(table: Table) -> tuple[Question, ...]:
    questions = tuple(_question(inner) for inner in table.tables("questions"))
    _all_different(table, "questions", [question.name for question in questions])
    return questions


def _question(table: Table) -> Question:
    table.only(("name", "text", "kind", "options"))
    kind = table.text("kind", one_of=QUESTION_KINDS)
    options = tuple(_option(inner) for inner in table.tables("options"))
    least = 2 if kind in ("option", "order") else 0
    if len(options) < least:
        raise table.bad("options", f"{len(options)} options", f"at least {least} for a question of kind `{kind}`")
    _all_different(table, "options", [option.id for option in options])
    name = table.text("name", pattern=NAME, expected='a Python name in lower case, for example "answer"')
    return Question(name, table.text("text"), kind, options)


def _option(table: Table) -> Option:
    table.only(("id", "text", "reason"))
    identity = table.text("id", pattern=SLUG, expected='a slug, for example "weights"')
    return Option(identity, table.text("text"), table.text("reason", ""))


def _order_lines(table: Table) -> tuple[str, ...]:
    inner = table.table("order")
    if inner is None:
        return ()
    inner.only(("lines",))
    return inner.texts("lines")


def _all_different(table: Table, key: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise table.bad(key, f"a list with `{name}` {names.count(name)} times", "each name once")
