"""What a result depends on."""

import shutil
from dataclasses import replace

from cli_fakes import FIXTURE
from trainwhy.grading import judge


def test_the_same_installation_is_the_same_judge():
    assert judge.here(FIXTURE) == judge.here(FIXTURE)
    assert judge.here(FIXTURE).differences(judge.here(FIXTURE)) == ()


def test_another_course_is_another_judge(tmp_path):
    mine = judge.here(FIXTURE)
    shutil.copytree(FIXTURE, tmp_path / "course")
    assert judge.here(tmp_path / "course").key == mine.key
    for path in (tmp_path / "course").rglob("*.py"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert judge.here(tmp_path / "course").key == mine.key, "line ends change nothing"
    task = next((tmp_path / "course").rglob("task.py"))
    task.write_text(task.read_text() + "\n# other\n")
    other = judge.here(tmp_path / "course")
    assert other.key != mine.key
    assert mine.differences(other) == ("the course",)
    task.unlink()
    assert judge.here(tmp_path / "course").key != mine.key


def test_other_libraries_and_options_are_another_judge():
    mine = judge.here(FIXTURE)
    assert judge.here(FIXTURE, prove=True).key != mine.key
    other = replace(mine, package="x", libraries={**mine.libraries, "keras": "9.9"}, python="3.99")
    assert other.key != mine.key
    assert mine.differences(other) == (
        "the trainwhy package",
        f"keras (9.9 in place of {mine.libraries['keras']})",
        f"python (3.99 in place of {mine.python})",
    )
