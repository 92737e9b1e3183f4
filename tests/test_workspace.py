"""The learner's folder: made once, nothing overwritten, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hardships import as_nobody, open_to_all, small_disk
from trainwhy import atomic, workspace
from trainwhy.course import Course, Exercise, load
from trainwhy.errors import BadFile, NewerWorkspace, NotAWorkspace, NotWritten, Usage
from trainwhy.workspace.readme import chapter_readme

if TYPE_CHECKING:
    from trainwhy.workspace import Workspace

FIXTURE = Path(__file__).parent / "fixtures" / "course"


@pytest.fixture
def course() -> Course:
    return load(FIXTURE)


@pytest.fixture
def exercise(course: Course) -> Exercise:
    return course.find("no-update")


@pytest.fixture
def made(tmp_path: Path, course: Course) -> Workspace:
    return workspace.create(tmp_path / "work", course)


def _tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# ------------------------------------------------------------------------------------------- making


def test_a_workspace_holds_a_file_per_exercise_and_a_page_per_chapter(made: Workspace, course: Course) -> None:
    assert sorted(_tree(made.folder)) == [
        ".trainwhy/workspace.json",
        "01_first_steps/01_pick_one.py",
        "01_first_steps/02_no_update.py",
        "01_first_steps/README.md",
        "02_alone/01_write_it.py",
        "02_alone/README.md",
    ]
    for one in course.exercises:
        assert workspace.read(made, one) == one.starter()
        assert workspace.is_untouched(made, one)


def test_making_says_what_it_wrote_and_what_it_left_alone(tmp_path: Path, course: Course) -> None:
    mine = tmp_path / "01_first_steps" / "02_no_update.py"
    mine.parent.mkdir()
    mine.write_text("mine")
    (tmp_path / "notes.txt").write_text("notes")
    (mine.parent / "README.md").write_text("longer than ours\n" * 1000)
    creation = workspace.make(tmp_path, course)
    assert creation.kept == ("01_first_steps/README.md", "01_first_steps/02_no_update.py")
    assert len(creation.written) == 3
    assert (mine.read_text(), (tmp_path / "notes.txt").read_text()) == ("mine", "notes")


def test_making_again_adds_only_what_is_missing(made: Workspace, course: Course, exercise: Exercise) -> None:
    made.path(exercise).write_text("changed")
    made.path(course.find("write-it")).unlink()
    before = _tree(made.folder)
    creation = workspace.make(made.folder, course)
    assert creation.written == ("02_alone/01_write_it.py",)
    assert creation.kept == ("01_first_steps/02_no_update.py",)
    after = _tree(made.folder)
    assert {name: after[name] for name in before} == before


def test_a_starter_stays_known_as_it_was_handed_out(made: Workspace, tmp_path: Path) -> None:
    newer = Path(shutil.copytree(FIXTURE, tmp_path / "newer"))
    starter = newer / "01_first_steps" / "02_no_update" / "starter.py"
    starter.write_text(starter.read_text() + "# a better starter\n")
    exercise = load(newer).find("no-update")
    assert workspace.is_untouched(made, exercise)
    workspace.make(made.folder, load(newer))
    assert workspace.is_untouched(made, exercise)
    assert "better" not in workspace.manifest(made).starters["no-update"]


def test_a_half_made_workspace_is_completed(tmp_path: Path, course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = atomic.write_new, []

    def fail_third(path: Path, data: bytes) -> bool:
        calls.append(path)
        if len(calls) == 3:
            raise NotWritten(path, "the disk is full")
        return real(path, data)

    monkeypatch.setattr(atomic, "write_new", fail_third)
    with pytest.raises(NotWritten, match="the disk is full"):
        workspace.create(tmp_path / "work", course)
    assert workspace.find(tmp_path / "work") is None
    creation = workspace.make(tmp_path / "work", course)
    assert (len(creation.written), creation.kept) == (3, ())


def test_places_that_are_no_place_for_it_are_refused(made: Workspace, tmp_path: Path, course: Course) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritten, match="in the way"):
        workspace.create(tmp_path / "file", course)
    with pytest.raises(Usage, match="is inside the workspace"):
        workspace.create(made.folder / "01_first_steps", course)
    with pytest.raises(Usage, match="inside the course itself"):
        workspace.create(FIXTURE / "work", course)


def test_an_empty_course_makes_an_empty_workspace(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    made = workspace.create(tmp_path / "work", load(tmp_path / "course"))
    assert sorted(_tree(made.folder)) == [".trainwhy/workspace.json"]


def test_the_page_of_a_chapter_holds_its_lessons(course: Course, tmp_path: Path) -> None:
    page = chapter_readme(course.chapters[0])
    assert page.startswith("# Chapter 1 · First steps\n\nOne or two sentences")
    assert "## 1.2 No update\n\nfix · easy · 5 min · [`02_no_update.py`](02_no_update.py)\n\nOne idea" in page
    copy = Path(shutil.copytree(FIXTURE, tmp_path / "copy"))
    lesson = copy / "02_alone" / "01_write_it" / "lesson.md"
    lesson.write_text("# Write it\n\n## Why\n\n```\n# not a heading\n```\n#hash\n")
    page = chapter_readme(load(copy).chapters[1])
    assert page.endswith("(01_write_it.py)\n\n#### Why\n\n```\n# not a heading\n```\n#hash\n")


# ------------------------------------------------------------------------------------------- finding


def test_it_is_found_from_anywhere_inside(made: Workspace, exercise: Exercise) -> None:
    for start in (
        made.folder,
        made.folder / "02_alone",
        made.path(exercise),
        made.state,
        made.folder / "not" / "there",
    ):
        assert workspace.find(start) == made
        assert workspace.open_(start) == made


def test_outside_there_is_none(tmp_path: Path) -> None:
    assert workspace.find(tmp_path) is None
    with pytest.raises(NotAWorkspace, match="no trainwhy workspace in"):
        workspace.open_(tmp_path)


def test_a_relative_start_is_understood(made: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made.folder / "02_alone")
    assert workspace.find(Path()) == made


def test_a_newer_workspace_is_refused_and_left_alone(made: Workspace, course: Course) -> None:
    path = made.state / "workspace.json"
    path.write_text(json.dumps({"format": 7, "surprise": []}))
    with pytest.raises(NewerWorkspace) as caught:
        workspace.open_(made.folder)
    assert (caught.value.found, caught.value.known, caught.value.exit_code) == (7, 1, 2)
    with pytest.raises(NewerWorkspace):
        workspace.create(made.folder, course)
    assert json.loads(path.read_text())["format"] == 7


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"format": "x", "exercises": [1]}',
        b'{"exercises": {"a": 1, "b": {}}}',
    ],
)
def test_a_damaged_mark_costs_what_it_said_and_no_more(made: Workspace, exercise: Exercise, data: bytes) -> None:
    (made.state / "workspace.json").write_bytes(data)
    assert workspace.open_(made.folder) == made
    assert workspace.manifest(made).starters == {}
    assert workspace.is_untouched(made, exercise)


# ------------------------------------------------------------------------------------------- reading


def test_a_missing_file_says_how_to_get_it_back(made: Workspace, exercise: Exercise) -> None:
    made.path(exercise).unlink()
    with pytest.raises(BadFile) as caught:
        workspace.read(made, exercise)
    assert caught.value.found == "missing"
    assert caught.value.expected == "the file of exercise 1.2"
    assert caught.value.hint == "`trainwhy reset no-update` puts the starter there"


def test_a_renamed_file_is_recognised(made: Workspace, exercise: Exercise) -> None:
    made.path(exercise).rename(made.path(exercise).with_name("old_no_update.py"))
    with pytest.raises(BadFile, match=r"missing; old_no_update\.py may be it, renamed") as caught:
        workspace.read(made, exercise)
    assert caught.value.hint.startswith("rename it back to 02_no_update.py, or: `trainwhy reset")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
def test_what_is_no_file_is_named_and_a_reset_refuses_to_touch_it(made: Workspace, exercise: Exercise) -> None:
    path = made.path(exercise)
    path.unlink()
    os.mkfifo(path)
    for act in (workspace.read, workspace.reset):
        with pytest.raises(BadFile, match="a named pipe"):
            act(made, exercise)
    path.unlink()
    path.symlink_to(path.name)
    with pytest.raises(BadFile, match="a loop of symbolic links") as caught:
        workspace.read(made, exercise)
    assert "move it elsewhere" in caught.value.hint
    with pytest.raises(BadFile, match="leads nowhere"):
        workspace.reset(made, exercise)


@pytest.mark.parametrize("change", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n"), lambda t: t + "\n\n  "])
def test_editors_do_not_make_a_starter_touched(made: Workspace, exercise: Exercise, change) -> None:
    made.path(exercise).write_bytes(change(exercise.starter()).encode())
    assert workspace.is_untouched(made, exercise)
    made.path(exercise).write_bytes(change(exercise.starter() + "x = 1\n").encode())
    assert not workspace.is_untouched(made, exercise)


# ------------------------------------------------------------------------------------------- writing, reset, undo


def test_a_write_keeps_what_it_replaces(made: Workspace, exercise: Exercise) -> None:
    first = workspace.write(made, exercise, "one\n")
    second = workspace.write(made, exercise, "two\n")
    assert first is not None
    assert second is not None
    assert (first.name, second.name) == ("0001.py", "0002.py")
    assert (first.read_text(), second.read_text()) == (exercise.starter(), "one\n")
    assert workspace.write(made, exercise, "two\n") is None
    assert workspace.backups(made, exercise) == (first, second)


def test_reset_undo_and_undo_again(made: Workspace, exercise: Exercise) -> None:
    path = made.path(exercise)
    path.write_text("my work\n")
    backup = workspace.reset(made, exercise)
    assert backup is not None
    assert path.read_text() == exercise.starter()
    assert workspace.undo(made, exercise) == backup
    assert path.read_text() == "my work\n"
    workspace.undo(made, exercise)
    assert path.read_text() == exercise.starter()
    workspace.undo(made, exercise)
    assert path.read_text() == "my work\n"


def test_undo_keeps_an_edit_made_since(made: Workspace, exercise: Exercise) -> None:
    path = made.path(exercise)
    path.write_text("first\n")
    workspace.reset(made, exercise)
    path.write_text("second\n")
    workspace.undo(made, exercise)
    assert path.read_text() == "first\n"
    workspace.undo(made, exercise)
    assert path.read_text() == "second\n"
    assert "first\n" in [one.read_text() for one in workspace.backups(made, exercise)]


def test_reset_of_a_starter_or_of_nothing_keeps_nothing(made: Workspace, exercise: Exercise) -> None:
    assert workspace.reset(made, exercise) is None
    made.path(exercise).unlink()
    assert workspace.reset(made, exercise) is None
    assert made.path(exercise).read_text() == exercise.starter()
    with pytest.raises(Usage, match="nothing to undo"):
        workspace.undo(made, exercise)


def test_undo_brings_back_a_file_deleted_since(made: Workspace, exercise: Exercise) -> None:
    made.path(exercise).write_text("mine\n")
    workspace.reset(made, exercise)
    shutil.rmtree(made.path(exercise).parent)
    workspace.undo(made, exercise)
    assert made.path(exercise).read_text() == "mine\n"


def test_bytes_that_are_no_text_are_kept_as_they_are(made: Workspace, exercise: Exercise) -> None:
    made.path(exercise).write_bytes(b"\xff\x00\r\n" * 100_000)
    backup = workspace.reset(made, exercise)
    assert backup is not None
    assert backup.read_bytes() == b"\xff\x00\r\n" * 100_000


def test_a_link_keeps_its_target(made: Workspace, exercise: Exercise, tmp_path: Path) -> None:
    target = tmp_path / "precious.py"
    target.write_text("precious\n")
    made.path(exercise).unlink()
    made.path(exercise).symlink_to(target)
    backup = workspace.reset(made, exercise)
    assert backup is not None
    assert (target.read_text(), backup.read_text()) == ("precious\n", "precious\n")


def test_numbers_are_counted_not_dated_and_never_taken_twice(
    made: Workspace,
    exercise: Exercise,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = made.state / "backups" / exercise.id
    folder.mkdir(parents=True)
    (folder / "9999.py").write_text("x")
    (folder / "notes.py").write_text("x")
    assert workspace.write(made, exercise, "a\n") == folder / "10000.py"
    # Another process takes the next number between looking and writing.
    real, calls = atomic.write_new, []

    def taken_once(path: Path, data: bytes) -> bool:
        calls.append(path)
        return False if len(calls) == 1 else real(path, data)

    monkeypatch.setattr(atomic, "write_new", taken_once)
    assert workspace.write(made, exercise, "b\n") == folder / "10002.py"


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        (b"a = 1\r\n", "a = 2\nb = 3\n", b"a = 2\r\nb = 3\r\n"),
        (b"", "# coding: latin-1\na = '\xe9'\n", b"# coding: latin-1\na = '\xe9'\n"),
        (b"", "a = '\xe9'\n", b"a = '\xc3\xa9'\n"),
        (b"", "# coding: nonsense\n", b"# coding: nonsense\n"),
    ],
)
def test_line_ends_and_coding_stay(made: Workspace, exercise: Exercise, before: bytes, text: str, after: bytes) -> None:
    made.path(exercise).write_bytes(before)
    workspace.write(made, exercise, text)
    assert made.path(exercise).read_bytes() == after


def test_when_the_backup_cannot_be_written_the_file_stays(
    made: Workspace,
    exercise: Exercise,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(path: Path, _: bytes) -> bool:
        raise NotWritten(path, "the disk is full")

    made.path(exercise).write_text("mine\n")
    monkeypatch.setattr(atomic, "write_new", full)
    with pytest.raises(NotWritten, match="the disk is full"):
        workspace.reset(made, exercise)
    assert made.path(exercise).read_text() == "mine\n"


def test_two_processes_that_write_at_once_lose_no_version(made: Workspace, exercise: Exercise) -> None:
    code = (
        "import sys; from pathlib import Path; from trainwhy import workspace; from trainwhy.course import load\n"
        f"exercise = load(Path({str(FIXTURE)!r})).find('no-update')\n"
        f"made = workspace.open_(Path({str(made.folder)!r}))\n"
        "for n in range(40): workspace.write(made, exercise, f'{sys.argv[1]} {n}\\n')"
    )
    environment = {"PYTHONPATH": str(Path(workspace.__file__).parents[2])}
    writers = [subprocess.Popen([sys.executable, "-c", code, name], env=environment) for name in "ab"]
    assert [writer.wait() for writer in writers] == [0, 0]
    # Every version is there once: kept by the write that replaced it, or still in place.
    backups = workspace.backups(made, exercise)
    assert [int(path.stem) for path in backups] == list(range(1, 81))
    texts = sorted([*(path.read_text() for path in backups), made.path(exercise).read_text()])
    assert texts == sorted([exercise.starter(), *(f"{name} {n}\n" for name in "ab" for n in range(40))])


# ------------------------------------------------------------------------------------------- hardship


def test_on_a_full_disk_nothing_is_lost(tmp_path: Path, course: Course, exercise: Exercise) -> None:
    with small_disk(tmp_path) as disk:
        made = workspace.create(disk / "work", course)
        made.path(exercise).write_text("mine\n")
        with pytest.raises(OSError, match="No space left"):
            (disk / "filler").write_bytes(b"x" * 100_000)
        for act in (workspace.reset, lambda *these: workspace.write(*these, "new\n" * 1000)):
            with pytest.raises(NotWritten, match="the disk is full"):
                act(made, exercise)
        assert made.path(exercise).read_text() == "mine\n"
        (disk / "filler").unlink()
        assert workspace.reset(made, exercise) is not None


def test_on_a_disk_too_small_for_it_a_workspace_is_no_workspace_yet(tmp_path: Path, course: Course) -> None:
    with small_disk(tmp_path) as disk:
        (disk / "filler").write_bytes(b"x" * 45_000)
        with pytest.raises(NotWritten, match="the disk is full"):
            workspace.create(disk / "work", course)
        assert workspace.find(disk / "work") is None
        (disk / "filler").unlink()
        assert workspace.make(disk / "work", course).kept == ()


def test_in_a_folder_of_another_user_everything_is_readable_and_nothing_changes(
    made: Workspace,
    course: Course,
    exercise: Exercise,
) -> None:
    made.path(exercise).write_text("mine\n")
    workspace.reset(made, exercise)
    open_to_all(made.path(exercise).parent)
    before = _tree(made.folder)

    def look() -> str:
        there = workspace.open_(made.folder)
        words: list[object] = [
            workspace.read(there, exercise) == exercise.starter(),
            workspace.is_untouched(there, exercise),
        ]
        for act in (workspace.reset, workspace.undo):
            with pytest.raises(NotWritten) as caught:
                act(there, exercise)
            words.append(caught.value.reason.split(";")[0])
        return str(words)

    open_to_all(made.state)
    said = as_nobody(look)
    # The lock file is made by whoever writes first; without rights there is no lock, and no change.
    assert said == "[True, True, 'permission denied', 'permission denied']"
    assert _tree(made.folder) == before
