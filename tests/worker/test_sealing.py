"""Whether a change of the checks is noticed, whatever is done to hide it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trainwhy.results import Ended
from trainwhy.worker import sealing


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    folder = tmp_path / "course" / "01_a" / "01_b"
    folder.mkdir(parents=True)
    for name in ("exercise.toml", "solution.py", "task.py"):
        (folder / name).write_text(f"# {name}\n")
    return folder


def test_nothing_changed_is_intact(exercise: Path) -> None:
    checks = sealing.Checks()
    checks.begin(str(exercise))
    (exercise / "__pycache__").mkdir()
    (exercise / "__pycache__" / "task.cpython-311.pyc").write_bytes(b"x")
    assert checks.intact()


@pytest.mark.parametrize("change", ["write", "same size and time", "replace", "delete", "add", "another exercise"])
def test_every_change_is_noticed(exercise: Path, change: str) -> None:
    checks = sealing.Checks()
    checks.begin(str(exercise))
    target = exercise / "solution.py"
    before = target.stat()
    if change == "write":
        target.write_text("longer than it was\n")
    elif change == "same size and time":
        target.write_text("x" * before.st_size)
        os.utime(target, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif change == "replace":
        (exercise / "new").write_text(target.read_text())
        (exercise / "new").replace(target)
    elif change == "delete":
        target.unlink()
    elif change == "add":
        (exercise / "keras.py").write_text("")
    else:
        (exercise.parent / "02_c").mkdir()
        (exercise.parent / "02_c" / "solution.py").write_text("")
    assert not checks.intact()


@pytest.mark.parametrize("name", ["", "write-outside", "/nonexistent/a/b"])
def test_what_is_no_exercise_has_no_course(name: str) -> None:
    checks = sealing.Checks()
    checks.begin(name)
    assert checks.intact()


def test_a_run_after_which_the_checks_are_others_is_void() -> None:
    void = sealing.void(Ended("finished", 1.0, output="hi", notes=("a",)))
    assert (void.outcome, void.output, void.notes) == ("internal", "hi", ("a",))
    assert void.failure is not None
    assert void.failure.type == "ChecksModified"
