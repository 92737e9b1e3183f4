"""The learner's round trip through the first three exercises: real keys, real TensorFlow, a terminal."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("pexpect")
if sys.platform == "win32":
    pytest.skip("no pseudo-terminals here", allow_module_level=True)

from terminal import Terminal

from trainwhy import course
from trainwhy.cli import questions

pytestmark = [pytest.mark.tf, pytest.mark.slow]
SLOW = 120  # seconds; the machine may be busy


def next_(folder: Path, *arguments: str) -> Terminal:
    more = {"TRAINWHY_HOME": str(folder / "home"), "TRAINWHY_CACHE": os.environ["TRAINWHY_CACHE"]}
    return Terminal(["-m", "trainwhy", *arguments], folder, **more)


def answer(terminal: Terminal, exercise: course.Exercise, literals: dict[str, str]) -> None:
    """Answer every question of a file by keys, as a learner who knows the literals would."""
    for question in exercise.questions:
        terminal.wait(question.text.split("\n")[0][:40], SLOW)
        literal = literals[question.name]
        if question.kind == "option":
            terminal.type(_letter(question, literal.strip("\"'")))
        elif question.kind == "order":
            terminal.type("".join(_letter(question, name) for name in re.findall(r"[\w-]+", literal)) + "\r")
        elif question.kind == "truth":
            terminal.type("y" if literal == "True" else "n")
        else:
            terminal.type(literal.strip("()[]") + "\r")
    terminal.wait("How sure are you?", SLOW)
    terminal.type("3")


def _letter(question: course.Question, identity: str) -> str:
    return next(letter for letter, name, _ in questions.lettered(question) if name == identity)


def no_process_left(folder: Path) -> bool:
    """Tell whether every process that was started in the folder is gone."""
    return not any(str(folder).encode() in _environment(entry) for entry in Path("/proc").glob("[0-9]*/environ"))


def _environment(entry: Path) -> bytes:
    try:
        return entry.read_bytes()
    except OSError:
        return b""


def test_the_first_three_exercises(tmp_path: Path) -> None:
    first, second, third = course.load().exercises[:3]
    wrong = {**questions.literals(first.solution()), first.questions[0].name: f'"{first.questions[0].options[0].id}"'}

    with next_(tmp_path, "next") as terminal:
        terminal.wait("[Y/n]", SLOW)
        terminal.type("y")
        terminal.wait(f"{first.number} {first.title}", SLOW)
        answer(terminal, first, wrong)
        assert terminal.ended(SLOW) == 1
        assert first.questions[0].options[0].reason[:30] in terminal.screen
        assert "trainwhy hint" in terminal.screen
        assert terminal.echoes()

    with next_(tmp_path, "hint") as terminal:
        assert terminal.ended(SLOW) == 0
        assert first.hints[0][:30] in terminal.screen

    with next_(tmp_path, "next") as terminal:
        answer(terminal, first, questions.literals(first.solution()))
        assert terminal.ended(SLOW) == 0
        assert "Solved" in terminal.screen
        assert first.takeaway[:30] in terminal.screen
        assert f"{second.number} {second.title}" in terminal.screen

    for exercise in (second, third):
        with next_(tmp_path, "next") as terminal:
            terminal.wait(f"{exercise.number} {exercise.title}", SLOW)
            answer(terminal, exercise, questions.literals(exercise.solution()))
            assert terminal.ended(SLOW) == 0
            assert "Solved" in terminal.screen

    progress = json.loads((tmp_path / "trainwhy-course" / ".trainwhy" / "progress.json").read_text())
    assert all(progress["exercises"][exercise.id]["solved"] for exercise in (first, second, third))
    assert no_process_left(tmp_path)


def test_a_broken_step_is_predicted_explained_repaired_and_led_on(tmp_path: Path) -> None:
    with next_(tmp_path, "next", "missing-apply") as terminal:
        terminal.wait("[Y/n]", SLOW)
        terminal.type("y")
        terminal.wait("what will the loss do", SLOW)
        terminal.type("s2")
        assert terminal.ended(SLOW) == 1
        assert "TW101" in terminal.screen
        assert "3 of 3 seeds" in terminal.screen
        assert 'You predicted "stays the same", fairly sure: right' in terminal.screen
    exercise = course.load().find("missing-apply")
    (tmp_path / "trainwhy-course" / exercise.file).write_text(exercise.solution())
    with next_(tmp_path, "next") as terminal:
        assert terminal.ended(SLOW) == 0
        assert "Solved" in terminal.screen
    assert no_process_left(tmp_path)


def test_ctrl_c_in_the_middle_leaves_no_process_and_the_file_as_it_was(tmp_path: Path) -> None:
    with next_(tmp_path, "init") as terminal:
        assert terminal.ended(SLOW) == 0
    path = tmp_path / "trainwhy-course" / course.load().find("missing-apply").file
    path.write_text("while True:\n    pass\n")
    with next_(tmp_path, "run", "missing-apply") as terminal:
        terminal.wait("what will the loss do", SLOW)
        terminal.type("\r")
        terminal.wait("training", SLOW)
        terminal.type("\x03")
        assert terminal.ended(10) == 130
        assert terminal.echoes()
    assert path.read_text() == "while True:\n    pass\n"
    assert no_process_left(tmp_path)
