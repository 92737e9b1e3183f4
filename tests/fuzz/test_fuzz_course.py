"""Exercise TOML of any kind: an exercise, or a complaint that names the file."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzzing import CHANCES, damaged, inputs
from trainwhy import course
from trainwhy.cli import hints
from trainwhy.course import Exercise
from trainwhy.errors import BadExercise
from trainwhy.faces import plain, terminal
from trainwhy.faces.style import Style

REAL = sorted(course.course_folder().glob("*/*/exercise.toml"))
LITERALS = (
    "1e400", "nan", "-inf", "-0", "0x10", "10000000000000000000000000000000", "[[]]", "[]", "{}", "{a = 1}", "''", '""',
    '"\\u202e"', '"\\u0000"', "1979-05-27", "07:32:00", "true", '"""\n"""', '["a", 1]', '[""]', '["\\u001b[2J"]', "0.5",
    '"TW999"', '"fix"', '"../x"', '"' + "x" * 5000 + '"', "1_000", "=", "[", "'''",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of one exercise and its chapter, for every input."""
    first = REAL[0].parent
    shutil.copytree(first, tmp_path / first.parent.name / first.name)
    shutil.copy(first.parent / "chapter.toml", tmp_path / first.parent.name)
    return tmp_path / first.parent.name / first.name


def use(one: Exercise) -> None:
    """Do with a valid exercise what commands do."""
    hints.ladder(one)
    for face in (terminal, plain):
        style = Style(width=60, color=True, unicode=True, links=False)
        shown = face.exercise_header(style, one.title, one.kind, one.level, one.minutes, one.number)
        assert "\x00" not in shown


def damage(chance: random.Random) -> bytes:
    data = chance.choice(REAL).read_bytes()
    if chance.random() < 0.5:
        return damaged(data, chance)
    lines = data.decode().split("\n")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        key, sign, _ = lines[at].partition(" = ")
        lines[at] = f"{key} = {chance.choice(LITERALS)}" if sign else chance.choice(LITERALS)
    return "\n".join(lines).encode()


@inputs("exercise TOML")
@given(chance=CHANCES, chapter=st.integers(0, 9))
def test_any_exercise_toml_is_read_or_refused_by_name(folder: Path, chance: random.Random, chapter: int) -> None:
    target = folder.parent / "chapter.toml" if chapter == 0 else folder / "exercise.toml"
    before = target.read_bytes()
    target.write_bytes(damage(chance))
    try:
        use(course.read_exercise(folder))
    except BadExercise as error:
        assert target.name in str(error)  # noqa: PT017 - some damage is harmless
        assert error.expected  # noqa: PT017
    finally:
        target.write_bytes(before)
