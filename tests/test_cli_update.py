"""`update` and its undo as they are typed: what is said, what is JSON, which exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import newer_course
import trainwhy
from cli_fakes import FIXTURE, Desk
from newer_course import ANSWER, TODO
from trainwhy import course

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools

NO_UPDATE = "01_first_steps/02_no_update.py"


@dataclass
class NewerDesk(Desk):
    """A desk whose course is replaced by a newer one."""

    course: Path = field(default=FIXTURE)

    def tools(self) -> Tools:
        return replace(super().tools(), course=lambda: course.load(self.course))


@pytest.fixture
def desk(tmp_path: Path) -> NewerDesk:
    made = NewerDesk(tmp_path)
    assert made.run("init").code == 0
    path = made.work / NO_UPDATE
    path.write_text(path.read_text().replace(TODO, ANSWER))
    made.course = newer_course.copied(tmp_path / "newer")
    return made


def test_the_same_course_says_so(desk: NewerDesk) -> None:
    said = desk.run("update")
    assert (said.code, said.err) == (0, "")
    assert said.out == f"The workspace is up to date with the course of trainwhy {trainwhy.__version__}.\n"
    assert "trainwhy update" not in desk.run().err


def test_an_update_and_its_undo(desk: NewerDesk) -> None:
    newer_course.newer(desk.folder / "very-new")
    desk.course = desk.folder / "very-new"
    assert "note: the course holds what this workspace has not" in " ".join(desk.run().err.split())
    before = (desk.work / NO_UPDATE).read_bytes()
    dry = desk.run("update", "--dry-run")
    assert dry.code == 0
    assert "5 files would change or move" in dry.out
    assert '-"""One training step."""\n+"""A single training step."""' in dry.out
    assert "nothing was changed" in dry.err
    assert (desk.work / NO_UPDATE).read_bytes() == before
    said = desk.run("update")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "5 files changed or moved:"
    assert "  merged    01_first_steps/03_no_update_at_all.py" in lines
    assert f"            was {NO_UPDATE}; it holds both changes" in lines
    assert ".trainwhy/updates/0001; `trainwhy undo` undoes the whole update" in " ".join(said.err.split())
    undone = desk.run("undo")
    assert (undone.code, undone.out) == (0, "The last update is undone: 7 files are as before it.\n")
    assert (desk.work / NO_UPDATE).read_bytes() == before
    assert "The update is there again: 7 files are as after it." in desk.run("undo").out
    again = desk.run("undo", "--update", "--json")
    assert (again.document["again"], len(again.document["files"])) == (False, 7)
    assert "trainwhy-course/.trainwhy/updates/0004" in again.document["kept"]


def test_a_conflict_is_shown_and_decided(desk: NewerDesk) -> None:
    newer_course.starter(desk.course, "what is missing?", "one line \u202eis missing\x1b[31m")
    path = desk.work / NO_UPDATE
    before = path.read_bytes()
    said = desk.run("update")
    assert said.code == 1
    assert said.out == (
        "No file changed or moved, 1 file waits for a decision:\n"
        f"  conflict  {NO_UPDATE}\n"
        "            1 place changed here and in the course; it stays as it is\n"
        f"\n{NO_UPDATE}:11: changed here and in the course\n"
        f"  the file:\n    | {ANSWER}"
        f"  the old starter:\n    | {TODO}"
        "  the new starter:\n    |     # TODO: one line \\u202eis missing\\x1b[31m\n"
    )
    assert "`trainwhy update no-update --mine` keeps the file's lines" in " ".join(said.err.split())
    assert path.read_bytes() == before
    document = desk.run("update", "--json").document
    assert document["waiting"] == [NO_UPDATE]
    assert document["files"][0]["conflicts"][0]["mine"] == [ANSWER.rstrip()]
    assert desk.run("update", NO_UPDATE, "--markers").code == 0
    assert "<<<<<<< mine\n" in path.read_text()
    assert desk.run("undo", "no-update").code == 0
    assert path.read_bytes() == before
    assert desk.run("update", "no-update", "--mine").code == 0
    assert path.read_bytes() == before


def test_an_undo_of_one_file_comes_before_the_update_when_it_was_replaced_since(desk: NewerDesk) -> None:
    newer_course.starter(desk.course, "One training step", "A single step")
    desk.run("update")
    updated = (desk.work / NO_UPDATE).read_bytes()
    desk.run("reset", "no-update")
    assert desk.run("undo", "no-update").out.startswith(f"{NO_UPDATE} is back")
    assert (desk.work / NO_UPDATE).read_bytes() == updated
    # The workspace as a whole: `--update` still reaches it.
    assert "is undone" in desk.run("undo", "--update").out
    assert b"One training step" in (desk.work / NO_UPDATE).read_bytes()


def test_a_damaged_journal_keeps_no_file_from_its_own_undo(desk: NewerDesk) -> None:
    newer_course.starter(desk.course, "One training step", "A single step")
    desk.run("update")
    updated = (desk.work / NO_UPDATE).read_bytes()
    desk.run("reset", "no-update")
    (desk.work / ".trainwhy" / "updates" / "0001" / "journal.json").write_text("damaged")
    assert desk.run("undo", "no-update").code == 0
    assert (desk.work / NO_UPDATE).read_bytes() == updated
    said = desk.run("undo", "--update")
    assert (said.code, "journal.json is damaged" in said.err) == (2, True)
    assert desk.run("update").code == 2


def test_what_cannot_be_done_is_said(desk: NewerDesk) -> None:
    said = desk.run("update", "--mine", "--theirs")
    assert (said.code, said.err.splitlines()[0]) == (2, "trainwhy: `--mine` and `--theirs` contradict each other")
    assert desk.run("update", "nothing-like-it").code == 2
    said = desk.run("undo", "--update")
    assert (said.code, said.err.splitlines()[0]) == (2, "trainwhy: there is no update to undo")
    assert desk.run("update", "01_first_steps/README.md").code == 0
    (desk.work / ".trainwhy" / "workspace.json").unlink()
    assert desk.run("update").code == 2


def test_a_page_that_waits_is_said_and_can_be_replaced(desk: NewerDesk) -> None:
    (desk.course / "02_alone" / "01_write_it" / "lesson.md").write_text("Another lesson.\n")
    page = desk.work / "02_alone" / "README.md"
    page.write_text("my notes\n")
    said = desk.run("update")
    assert (said.code, said.out.splitlines()[1:]) == (
        1,
        ["  left      02_alone/README.md", "            stays as it is: it was changed by hand"],
    )
    assert desk.run("update", "trainwhy-course/02_alone/README.md", "--theirs").code == 0
    assert "Another lesson" in page.read_text()


@pytest.mark.parametrize("width", [40, 80, 140])
def test_narrow_or_wide_no_line_is_cut_and_none_is_longer_than_it_must_be(desk: NewerDesk, width: int) -> None:
    newer_course.newer(desk.folder / "very-new")
    desk.course = desk.folder / "very-new"
    desk.screen = {"width": width}
    for line in desk.run("update").out.splitlines():
        assert len(line) <= width or len(line.split()) == 1, line


COMMAND = """
import dataclasses, os, signal, sys
from pathlib import Path
from trainwhy import course
from trainwhy.cli import ending, screen, tools
real, left = os.fsync, int(sys.argv[2])
def fsync(descriptor):
    global left
    real(descriptor)
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
os.fsync = fsync
made = dataclasses.replace(tools.Tools(screen.Screen()), course=lambda: course.load(Path(sys.argv[1])))
sys.exit(ending.run(sys.argv[3:], made))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_real_command_that_was_killed_is_finished_by_the_next_or_taken_back(desk: NewerDesk) -> None:
    newer_course.newer(desk.folder / "very-new")
    environment = {**os.environ, "PYTHONPATH": str(Path(trainwhy.__file__).parents[1]), "NO_COLOR": "1"}

    def typed(*arguments: str, killed_at: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", COMMAND, str(desk.folder / "very-new"), str(killed_at), *arguments]
        return subprocess.run(command, cwd=desk.work, env=environment, capture_output=True, text=True, check=False)

    before = (desk.work / NO_UPDATE).read_bytes()
    assert typed("update", killed_at=36).returncode == -signal.SIGKILL
    assert (desk.work / "01_first_steps" / "02_write_it.py").exists()
    assert (desk.work / NO_UPDATE).read_bytes() == before
    assert typed("undo").returncode == 0
    assert not (desk.work / "01_first_steps" / "02_write_it.py").exists()
    assert typed("update", killed_at=36).returncode == -signal.SIGKILL
    said = typed("update")
    assert (said.returncode, said.stderr) == (0, "note: an update that had been interrupted was finished first\n")
    assert not (desk.work / NO_UPDATE).exists()
    assert ANSWER in (desk.work / "01_first_steps" / "03_no_update_at_all.py").read_text()
