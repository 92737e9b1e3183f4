"""A newer course comes in: what was written stays, what was not touched is new, and all of it can be undone."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import newer_course
from hardships import as_nobody, open_to_all, small_disk
from newer_course import ANSWER, FIXTURE, TODO
from trainwhy import atomic, course, progress, workspace
from trainwhy.errors import BadFile, NotWritten, Usage
from trainwhy.workspace import Workspace, journal
from trainwhy.workspace.settling import settle

if TYPE_CHECKING:
    from collections.abc import Callable

NO_UPDATE = "01_first_steps/02_no_update.py"


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "work", course.load(FIXTURE))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the course, to be changed."""
    return newer_course.copied(tmp_path / "newer")


def tree(made: Workspace) -> dict[str, bytes]:
    """Everything of the learner, and the mark; not what undo is made from."""
    # What a killed process leaves half-written is removed by a later write.
    files = (path for path in made.folder.rglob("*") if path.is_file() and path.suffix != atomic.SUFFIX)
    named = {path.relative_to(made.folder).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in named.items() if not name.startswith(".trainwhy/") or "workspace" in name}


def statuses(done: workspace.Update) -> dict[str, str]:
    return {step.file: step.status for step in done.steps}


def solve(made: Workspace, file: str = NO_UPDATE) -> Path:
    path = made.folder / file
    text = path.read_text()
    assert TODO in text
    path.write_text(text.replace(TODO, ANSWER))
    return path


# ------------------------------------------------------------------------------------------- what becomes of a file


def test_the_same_course_changes_nothing(made: Workspace) -> None:
    solve(made)
    before = tree(made)
    assert workspace.update(made, course.load(FIXTURE)) == workspace.Update()
    assert tree(made) == before
    assert journal.newest(made) is None


def test_an_untouched_starter_becomes_the_new_one(made: Workspace, folder: Path) -> None:
    newer_course.starter(folder, "One training step", "A single step")
    done = workspace.update(made, course.load(folder))
    assert statuses(done) == {NO_UPDATE: "replaced"}
    assert workspace.is_untouched(made, course.load(folder).find("no-update"))
    assert done.kept is not None
    assert b"One training step" in (done.kept / "0001.before").read_bytes()
    assert workspace.update(made, course.load(folder)).steps == ()


def test_a_touched_file_holds_both_changes(made: Workspace, folder: Path) -> None:
    newer_course.starter(folder, "One training step", "A single step")
    path = solve(made)
    assert statuses(workspace.update(made, course.load(folder))) == {NO_UPDATE: "merged"}
    assert ANSWER in path.read_text()
    assert "A single step" in path.read_text()
    assert workspace.update(made, course.load(folder)).steps == ()


def test_where_both_changed_a_line_the_file_stays_until_someone_decides(made: Workspace, folder: Path) -> None:
    newer_course.starter(folder, "what is missing?", "one line is missing")
    path = solve(made)
    before = path.read_bytes()
    for _ in range(2):
        done = workspace.update(made, course.load(folder))
        assert statuses(done) == {NO_UPDATE: "conflict"}
        assert path.read_bytes() == before
    (conflict,) = done.steps[0].conflicts
    assert (conflict.line, conflict.mine) == (11, (ANSWER.rstrip(),))
    assert (conflict.base, conflict.theirs) == ((TODO.rstrip(),), ("    # TODO: one line is missing",))


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("mine", ANSWER),
        ("theirs", "    # TODO: one line is missing\n"),
        ("markers", f"<<<<<<< mine\n{ANSWER}=======\n    # TODO: one line is missing\n>>>>>>> the new starter\n"),
    ],
)
def test_a_decision_is_taken_once(made: Workspace, folder: Path, choice: workspace.Side, kept: str) -> None:
    newer_course.starter(folder, "what is missing?", "one line is missing")
    newer_course.starter(folder, "One training step", "A single step")
    path = solve(made)
    assert statuses(workspace.update(made, course.load(folder), choice=choice)) == {NO_UPDATE: "merged"}
    text = path.read_text()
    assert text == course.load(folder).find("no-update").starter().replace("    # TODO: one line is missing\n", kept)
    assert workspace.update(made, course.load(folder)).steps == ()


def test_a_decision_for_one_file_leaves_the_others(made: Workspace, folder: Path) -> None:
    for exercise in ("01_first_steps/02_no_update", "02_alone/01_write_it"):
        path = folder / exercise / "starter.py"
        path.write_text("# the course\n" + path.read_text())
        mine = made.folder / f"{exercise}.py"
        mine.write_text("# the learner\n" + mine.read_text())
    done = workspace.update(made, course.load(folder), choice="theirs", only={"no-update"})
    assert statuses(done) == {NO_UPDATE: "merged"}
    assert (made.folder / NO_UPDATE).read_text().startswith("# the course\n")
    assert statuses(workspace.update(made, course.load(folder))) == {"02_alone/01_write_it.py": "conflict"}


STRINGS = "x = 1\ny = 2\nz = 3\nw = 4\nv = 5\n"


@pytest.mark.parametrize(("choice", "status"), [(None, "left"), ("theirs", "left"), ("mine", "kept")])
def test_a_merge_that_would_break_the_file_is_not_made(choice: workspace.Side | None, status: str) -> None:
    # No line was changed on both sides; together they are no Python, though each alone is.
    mine = STRINGS.replace("y = 2", '"""\ny = 2').replace("w = 4", 'w = 4\n"""').encode()
    settled = settle(mine, STRINGS, STRINGS.replace("z = 3", 'z = """3"""'), choice)
    assert (settled.status, settled.data) == (status, mine)
    assert settled.reason == "merged, it would not be Python any more"


def test_a_file_that_is_no_python_already_is_merged_all_the_same() -> None:
    settled = settle(b"x = (\ny = 2\nz = 3\n", "x = 1\ny = 2\nz = 3\n", "x = 1\ny = 2\nz = 4\n")
    assert (settled.status, settled.data) == ("merged", b"x = (\ny = 2\nz = 4\n")


def test_where_it_is_not_known_what_was_handed_out_nothing_is_overwritten(made: Workspace, folder: Path) -> None:
    (made.state / "workspace.json").write_text("{}")
    newer_course.starter(folder, "One training step", "A single step")
    path = solve(made)
    before = tree(made)
    done = workspace.update(made, course.load(folder))
    assert statuses(done) == {NO_UPDATE: "left"}
    assert "not known how it was handed out" in done.steps[0].reason
    before.pop(".trainwhy/workspace.json")
    after = tree(made)
    after.pop(".trainwhy/workspace.json")
    assert after == before
    assert statuses(workspace.update(made, course.load(folder), choice="theirs")) == {NO_UPDATE: "replaced"}
    assert path.read_text() == course.load(folder).find("no-update").starter()
    workspace.undo_update(made)
    assert ANSWER in path.read_text()


def test_keeping_mine_settles_even_what_is_not_known(made: Workspace, folder: Path) -> None:
    (made.state / "workspace.json").write_text("{}")
    path = solve(made)
    assert statuses(workspace.update(made, course.load(folder), choice="mine")) == {NO_UPDATE: "kept"}
    assert ANSWER in path.read_text()
    newer_course.starter(folder, "One training step", "A single step")
    assert statuses(workspace.update(made, course.load(folder))) == {NO_UPDATE: "merged"}


# ------------------------------------------------------------------------------------------- names and places


def test_files_follow_their_exercises_and_progress_stays(made: Workspace, tmp_path: Path) -> None:
    path = solve(made)
    (made.folder / "01_first_steps" / "01_pick_one.py").write_text("mine = 1\n")
    progress.save(made, lambda before: progress.solved(before, "no-update", path.read_text()))
    before = tree(made)
    newer = newer_course.newer(tmp_path / "newer")
    done = workspace.update(made, newer)
    assert {step.file: (step.status, step.was) for step in done.steps} == {
        "01_first_steps/02_write_it.py": ("moved", "02_alone/01_write_it.py"),
        "01_first_steps/03_no_update_at_all.py": ("merged", NO_UPDATE),
        "02_alone/01_another.py": ("new", ""),
        "01_first_steps/01_pick_one.py": ("removed", ""),
        "01_first_steps/README.md": ("replaced", ""),
        "02_alone/README.md": ("replaced", ""),
    }
    moved = made.folder / "01_first_steps" / "03_no_update_at_all.py"
    assert ANSWER in moved.read_text()
    assert "A single training step" in moved.read_text()
    assert not path.exists()
    assert (made.folder / "01_first_steps" / "01_pick_one.py").read_text() == "mine = 1\n"
    assert progress.load(made)[0].of(newer.find("no-update").id).state == "solved"
    assert workspace.update(made, newer).steps == ()
    assert workspace.read(made, newer.find("no-update")) == moved.read_text()
    undone = workspace.undo_update(made)
    assert undone is not None
    assert (tree(made), undone.again) == (before, False)
    after = workspace.undo_update(made)
    assert after is not None
    assert after.again
    assert moved.exists()


def test_two_exercises_that_change_places_change_files(made: Workspace, folder: Path) -> None:
    chapter = folder / "01_first_steps"
    (chapter / "01_pick_one").rename(chapter / "99_waiting")
    (chapter / "02_no_update").rename(chapter / "01_pick_one")
    (chapter / "99_waiting").rename(chapter / "02_no_update")
    for name in ("01_pick_one", "02_no_update"):
        path = made.folder / "01_first_steps" / f"{name}.py"
        path.write_text(path.read_text() + f"# {name}\n")
    done = workspace.update(made, course.load(folder))
    assert {step.status for step in done.steps} == {"moved", "replaced"}
    assert (made.folder / "01_first_steps" / "01_pick_one.py").read_text().endswith("# 02_no_update\n")
    assert (made.folder / "01_first_steps" / "02_no_update.py").read_text().endswith("# 01_pick_one\n")


def test_what_stands_in_the_place_of_an_exercise_is_set_aside(made: Workspace, folder: Path) -> None:
    (folder / "02_alone" / "01_write_it").rename(folder / "02_alone" / "03_write_it")
    (made.folder / "02_alone" / "03_write_it.py").write_text("# notes\n")
    done = workspace.update(made, course.load(folder), only={"write-it"})
    assert statuses(done) == {"02_alone/03_write_it_kept_1.py": "aside", "02_alone/03_write_it.py": "moved"}
    assert (made.folder / "02_alone" / "03_write_it_kept_1.py").read_text() == "# notes\n"
    assert "def train_step" in (made.folder / "02_alone" / "03_write_it.py").read_text()


def test_a_new_exercise_in_the_place_of_a_removed_one_sets_its_file_aside(made: Workspace, folder: Path) -> None:
    path = solve(made)
    document = folder / "01_first_steps" / "02_no_update" / "exercise.toml"
    document.write_text(document.read_text().replace('id = "no-update"', 'id = "quite-new"'))
    workspace.update(made, course.load(folder))
    assert path.read_text() == course.load(folder).find("quite-new").starter()
    assert ANSWER in path.with_name("02_no_update_kept_1.py").read_text()
    # The old exercise comes back: its file is found again, under the name it has now.
    (folder / "01_first_steps" / "02_no_update").rename(folder / "01_first_steps" / "05_new")
    newer_course.add(folder, "01_first_steps/06_old", "no-update", like="01_first_steps/05_new")
    workspace.update(made, course.load(folder))
    assert ANSWER in (made.folder / "01_first_steps" / "06_old.py").read_text()


def test_a_file_that_was_moved_by_hand_is_found(made: Workspace, folder: Path) -> None:
    (folder / "02_alone" / "01_write_it").rename(folder / "02_alone" / "03_write_it")
    (made.folder / "02_alone" / "01_write_it.py").rename(made.folder / "02_alone" / "03_write_it.py")
    assert statuses(workspace.update(made, course.load(folder), only={"write-it"})) == {}


def test_before_the_update_a_moved_exercise_says_where_its_file_is(made: Workspace, tmp_path: Path) -> None:
    newer = newer_course.newer(tmp_path / "newer")
    solve(made)
    with pytest.raises(BadFile, match="the course moved it, and the file is still 01_first_steps/02_no_update") as no:
        workspace.read(made, newer.find("no-update"))
    assert no.value.hint == "`trainwhy update` brings it along"
    # Making what is missing leaves it to the update as well: no second file, and the base of the merge stays.
    workspace.make(made.folder, newer)
    assert not (made.folder / "01_first_steps" / "03_no_update_at_all.py").exists()
    assert workspace.is_behind(made, newer)
    done = workspace.update(made, newer)
    assert statuses(done)["01_first_steps/03_no_update_at_all.py"] == "merged"
    assert not workspace.is_behind(made, newer)


def test_a_missing_file_is_there_again(made: Workspace) -> None:
    (made.folder / NO_UPDATE).unlink()
    assert statuses(workspace.update(made, course.load(FIXTURE))) == {NO_UPDATE: "new"}


# ------------------------------------------------------------------------------------------- pages


def test_a_page_that_was_changed_stays(made: Workspace, folder: Path) -> None:
    lesson = folder / "02_alone" / "01_write_it" / "lesson.md"
    lesson.write_text("Something else.\n")
    page = made.folder / "02_alone" / "README.md"
    page.write_text(page.read_text() + "my notes\n")
    done = workspace.update(made, course.load(folder))
    assert (statuses(done), done.steps[0].reason) == ({"02_alone/README.md": "left"}, "it was changed by hand")
    assert page.read_text().endswith("my notes\n")
    done = workspace.update(made, course.load(folder), choice="theirs", only={"02_alone/README.md"})
    assert statuses(done) == {"02_alone/README.md": "replaced"}
    assert "Something else" in page.read_text()
    lesson.write_text("Another thing.\n")
    page.write_text("mine\n")
    assert workspace.update(made, course.load(folder), choice="mine").steps == ()
    assert (workspace.update(made, course.load(folder)).steps, page.read_text()) == ((), "mine\n")


def test_a_page_that_was_removed_is_there_again_and_one_that_is_a_link_stays(
    made: Workspace, folder: Path, tmp_path: Path
) -> None:
    for chapter in ("01_first_steps/02_no_update", "02_alone/01_write_it"):
        (folder / chapter / "lesson.md").write_text("Something else.\n")
    (made.folder / "01_first_steps" / "README.md").unlink()
    linked = made.folder / "02_alone" / "README.md"
    linked.rename(tmp_path / "mine.md")
    linked.symlink_to(tmp_path / "mine.md")
    done = workspace.update(made, course.load(folder))
    assert statuses(done) == {"01_first_steps/README.md": "new", "02_alone/README.md": "left"}
    assert "Something else" in (made.folder / "01_first_steps" / "README.md").read_text()
    # A chapter that is gone: the link to its page is no page of ours, and a page that is missing is no page any more.
    shutil.rmtree(folder / "02_alone")
    assert "02_alone/README.md" not in statuses(workspace.update(made, course.load(folder)))
    assert linked.is_symlink()
    linked.unlink()
    workspace.update(made, course.load(folder))
    assert "02_alone/README.md" not in workspace.manifest(made).pages


def test_the_page_of_a_chapter_that_is_gone_goes_when_nobody_changed_it(made: Workspace, folder: Path) -> None:
    shutil.rmtree(folder / "02_alone")
    statuses(workspace.update(made, course.load(folder)))
    assert sorted(path.name for path in (made.folder / "02_alone").iterdir()) == ["01_write_it.py"]
    workspace.undo_update(made)
    page = made.folder / "02_alone" / "README.md"
    page.write_text("mine\n")
    workspace.update(made, course.load(folder))
    assert page.read_text() == "mine\n"


# ------------------------------------------------------------------------------------------- all kinds of bytes


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.rstrip(b"\n"),
        lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n").rstrip(b"\r\n"),
        lambda data: data.replace(b"\n", b" \n"),
    ],
    ids=["CRLF", "BOM", "no last newline", "all three", "blanks"],
)
@pytest.mark.parametrize("touched", [False, True])
def test_what_an_editor_did_stays(
    made: Workspace, folder: Path, change: Callable[[bytes], bytes], touched: bool
) -> None:
    newer_course.starter(folder, "One training step", "A single step")
    path = solve(made) if touched else made.folder / NO_UPDATE
    path.write_bytes(change(path.read_bytes()))
    workspace.update(made, course.load(folder))
    wanted = course.load(folder).find("no-update").starter()
    wanted = wanted.replace(TODO, ANSWER) if touched else wanted
    written = path.read_bytes()
    assert course.plain(written.decode("utf-8-sig")) == course.plain(wanted)
    assert written.startswith(b"\xef\xbb\xbf") == change(b"x\n").startswith(b"\xef\xbb\xbf")
    assert (b"\r\n" in written) == (b"\r\n" in change(b"x\ny\n"))
    assert written.replace(b"\r\n", b"").count(b"\r") == 0
    assert written.endswith(b"\n") == change(b"x\n").endswith(b"\n")


def test_another_encoding_is_kept_where_the_new_text_fits_it(made: Workspace, folder: Path) -> None:
    newer_course.starter(folder, "Learn from one batch", "Learn")
    path = made.folder / NO_UPDATE
    text = "# -*- coding: latin-1 -*-\n" + path.read_text() + "# caf\u00e9\n"
    path.write_bytes(text.encode("latin-1"))
    workspace.update(made, course.load(folder))
    assert path.read_bytes() == text.replace("Learn from one batch", "Learn").encode("latin-1")
    newer_course.starter(folder, "Learn: x", "Learn \u2192 x")
    (step,) = workspace.update(made, course.load(folder)).steps
    assert (step.status, step.reason) == ("left", "the new text cannot be written in its encoding, iso-8859-1")
    assert path.read_bytes() == text.replace("Learn from one batch", "Learn").encode("latin-1")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe\x00binary\n" * 3, "not text that Python can decode"),
        (b"x = 1\n" * 100_000, "not text that Python can decode"),
        (b"x = 1\n" * 2500, "more than 2000 lines"),
    ],
)
def test_what_cannot_be_merged_is_left(made: Workspace, folder: Path, data: bytes, reason: str) -> None:
    newer_course.starter(folder, "One training step", "A single step")
    (made.folder / NO_UPDATE).write_bytes(data)
    (step,) = workspace.update(made, course.load(folder)).steps
    assert step.status == "left"
    assert reason in step.reason
    assert (made.folder / NO_UPDATE).read_bytes() == data


@pytest.mark.skipif(sys.platform == "win32", reason="links and permissions")
def test_a_link_a_folder_and_a_read_only_file_are_left(made: Workspace, folder: Path, tmp_path: Path) -> None:
    for exercise in ("01_first_steps/01_pick_one", "01_first_steps/02_no_update", "02_alone/01_write_it"):
        newer_course.starter(folder, '"""', '"""New. ', exercise)
    path = made.folder / "01_first_steps" / "01_pick_one.py"
    (tmp_path / "mine.py").write_text("mine\n")
    path.unlink()
    path.symlink_to(tmp_path / "mine.py")
    (made.folder / NO_UPDATE).chmod(0o444)
    (made.folder / "02_alone" / "01_write_it.py").unlink()
    (made.folder / "02_alone" / "01_write_it.py").mkdir()
    done = workspace.update(made, course.load(folder))
    assert [(step.status, step.reason) for step in done.steps] == [
        ("left", "it is a symbolic link"),
        ("left", "it is read-only"),
        ("left", "it is a folder"),
    ]
    assert (tmp_path / "mine.py").read_text() == "mine\n"


@pytest.mark.skipif(sys.platform == "win32", reason="links and permissions")
def test_what_cannot_be_moved_keeps_its_place_and_so_does_what_wants_it(made: Workspace, folder: Path) -> None:
    chapter = folder / "01_first_steps"
    (chapter / "01_pick_one").rename(chapter / "99_waiting")
    (chapter / "02_no_update").rename(chapter / "01_pick_one")
    (chapter / "99_waiting").rename(chapter / "02_no_update")
    (made.folder / NO_UPDATE).chmod(0o444)
    before = tree(made)
    done = workspace.update(made, course.load(folder), only={"pick-one", "no-update"})
    assert {step.reason for step in done.steps} == {
        "it is read-only",
        "01_first_steps/02_no_update.py is in its place and cannot be moved",
    }
    assert tree(made) == before


@pytest.mark.skipif(sys.platform == "win32", reason="permissions")
def test_permissions_move_along_and_come_back(made: Workspace, tmp_path: Path) -> None:
    path = solve(made)
    path.chmod(0o750)
    newer = newer_course.newer(tmp_path / "newer")
    workspace.update(made, newer)
    assert made.path(newer.find("no-update")).stat().st_mode & 0o777 == 0o750
    workspace.undo_update(made)
    assert path.stat().st_mode & 0o777 == 0o750


# ------------------------------------------------------------------------------------------- hardships


def test_a_disk_that_is_full_at_any_point_changes_nothing(tmp_path: Path) -> None:
    newer, failed = newer_course.newer(tmp_path / "newer"), 0
    with small_disk(tmp_path, kib=320) as disk:
        made = workspace.create(disk / "work", course.load(FIXTURE))
        path = solve(made)
        before = tree(made)
        for room in range(0, 50, 3):
            with pytest.raises(OSError, match="No space left"):
                (disk / "filler").write_bytes(b"x" * 400_000)
            os.truncate(disk / "filler", max(0, (disk / "filler").stat().st_size - room * 4096))
            try:
                workspace.update(made, newer)
            except NotWritten as error:
                failed += 1
                assert error.reason == "the disk is full"  # noqa: PT017 - with room enough there is none
                assert tree(made) == before
            else:
                break
            (disk / "filler").unlink()
        assert failed > 5
        assert not path.exists()


@pytest.mark.parametrize("number", range(1, 7))
def test_a_write_that_fails_in_the_middle_takes_everything_back(
    made: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    newer, real, calls = newer_course.newer(tmp_path / "newer"), atomic.write, []
    solve(made)
    before = tree(made)

    def fail_once(path: Path, data: bytes) -> None:
        if "updates" not in path.parts:
            calls.append(path)
            if len(calls) == number:
                raise NotWritten(path, "the disk is full")
        real(path, data)

    monkeypatch.setattr(atomic, "write", fail_once)
    with pytest.raises(NotWritten, match="the disk is full"):
        workspace.update(made, newer)
    assert tree(made) == before
    assert journal.newest(made) is None


def test_when_even_taking_back_fails_the_way_out_is_said(
    made: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer, real, calls = newer_course.newer(tmp_path / "newer"), atomic.write, []
    before = tree(made)

    def fail(path: Path, data: bytes) -> None:
        if "updates" not in path.parts:
            calls.append(path)
            if len(calls) > 4:
                raise NotWritten(path, "the disk is full")
        real(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "write", fail)
        with pytest.raises(Usage, match="stopped half-way") as caught:
            workspace.update(made, newer)
    assert caught.value.hint == "`trainwhy undo` takes everything back"
    assert tree(made) != before
    workspace.undo_update(made)
    assert tree(made) == before


def test_in_a_folder_of_another_user_it_says_so(made: Workspace, tmp_path: Path) -> None:
    newer = newer_course.newer(tmp_path / "newer")
    before = tree(made)
    open_to_all(made.state)
    said = as_nobody(lambda: str(workspace.update(made, newer)))
    assert "permission denied" in said
    assert tree(made) == before


def test_a_damaged_journal_is_said_and_leads_nowhere(made: Workspace, folder: Path, tmp_path: Path) -> None:
    newer_course.starter(folder, "One training step", "A single step")
    workspace.update(made, course.load(folder))
    document = made.state / "updates" / "0001" / "journal.json"
    written = json.loads(document.read_text())
    outside = tmp_path / "precious.py"
    outside.write_text("precious\n")
    for file in ("../precious.py", str(outside), "01_first_steps/../../precious.py", ".git/config.py", 5):
        changed = [{**written["changes"][0], "file": file}]
        document.write_text(json.dumps({**written, "changes": changed}))
        with pytest.raises(Usage, match="damaged"):
            workspace.undo_update(made)
    for text in ("", "[]", "{}", '{"changes": 5}', "[" * 100_000):
        document.write_text(text)
        with pytest.raises(Usage, match="damaged"):
            workspace.undo_update(made)
    document.write_text(json.dumps({**written, "changes": [{**written["changes"][0], "before": "../../x"}]}))
    with pytest.raises(Usage, match="damaged"):
        workspace.undo_update(made)
    assert outside.read_text() == "precious\n"


@pytest.mark.parametrize(
    "place", ["../precious.py", "/etc/precious.py", "a/../b.py", "a/b/c.py", ".git/x.py", "a\\b.py"]
)
def test_a_mark_that_names_places_outside_is_not_believed(made: Workspace, tmp_path: Path, place: str) -> None:
    document = made.state / "workspace.json"
    written = json.loads(document.read_text())
    written["exercises"]["no-update"]["file"] = place
    written["pages"][place] = "x"
    document.write_text(json.dumps(written))
    assert workspace.manifest(made).exercises["no-update"].file == ""
    assert place not in workspace.manifest(made).pages
    newer = newer_course.newer(tmp_path / "newer")
    workspace.update(made, newer)
    assert (made.folder / "01_first_steps" / "03_no_update_at_all.py").exists()


# ------------------------------------------------------------------------------------------- kill -9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork and SIGKILL")
def test_after_a_kill_at_any_point_undo_and_update_both_work(made: Workspace, tmp_path: Path) -> None:
    newer = newer_course.newer(tmp_path / "newer")
    solve(made)
    before = tree(made)
    whole = Workspace(Path(shutil.copytree(made.folder, tmp_path / "whole")))
    workspace.update(whole, newer)
    after, point, halves = tree(whole), 0, 0
    while True:
        point += 1
        killed = Workspace(Path(shutil.copytree(made.folder, tmp_path / f"killed-{point}")))
        if not _killed_at(point, lambda at=killed: workspace.update(at, newer)):
            break
        halves += tree(killed) not in (before, after)
        again = Workspace(Path(shutil.copytree(killed.folder, tmp_path / f"again-{point}")))
        if journal.newest(killed) is not None:
            workspace.undo_update(killed)
        assert tree(killed) == before, point
        workspace.update(again, newer)
        assert tree(again) == after, point
    assert halves > 5, "some kills must hit between two files"
    assert point > 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork and SIGKILL")
def test_an_undo_that_was_killed_is_finished_by_the_next(made: Workspace, tmp_path: Path) -> None:
    newer = newer_course.newer(tmp_path / "newer")
    solve(made)
    before = tree(made)
    workspace.update(made, newer)
    point, begun = 0, 0
    while True:
        point += 3
        killed = Workspace(Path(shutil.copytree(made.folder, tmp_path / f"killed-{point}")))
        if not _killed_at(point, lambda at=killed: workspace.undo_update(at)):
            break
        if (killed.state / "updates" / "0002" / "done").exists():
            assert tree(killed) == before
            continue
        begun += len(list(killed.state.glob("updates/0002/journal.json")))
        undone = workspace.undo_update(killed)
        assert undone is not None
        assert (tree(killed), undone.again) == (before, False), point
    assert begun > 2


def _killed_at(point: int, act: Callable[[], object]) -> bool:
    """Run `act` in a child that is killed at its n-th flush to the disk; whether it was."""
    child = os.fork()
    if child == 0:
        try:
            real, count = os.fsync, 0

            def fsync(descriptor: int) -> None:
                nonlocal count
                real(descriptor)
                count += 1
                if count == point:
                    os.kill(os.getpid(), signal.SIGKILL)

            os.fsync = fsync
            act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_edits_made_since_an_update_survive_its_undo(made: Workspace, folder: Path) -> None:
    newer_course.starter(folder, "One training step", "A single step")
    path = solve(made)
    workspace.update(made, course.load(folder))
    path.write_text("written since\n")
    workspace.undo_update(made)
    assert ANSWER in path.read_text()
    workspace.undo_update(made)
    assert path.read_text() == "written since\n"


def test_two_updates_at_once_wait_for_each_other(made: Workspace, tmp_path: Path) -> None:
    newer = newer_course.newer(tmp_path / "newer")
    program = (
        "import sys; from pathlib import Path; from trainwhy import course, workspace; "
        "workspace.update(workspace.Workspace(Path(sys.argv[1])), course.load(Path(sys.argv[2])))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(workspace.__file__).parents[2])}
    both = [
        subprocess.Popen([sys.executable, "-c", program, str(made.folder), str(newer.folder)], env=environment)
        for _ in range(2)
    ]
    assert [one.wait(timeout=120) for one in both] == [0, 0]
    assert workspace.update(made, newer).steps == ()
    assert sorted(path.name for path in made.state.glob("updates/*")) == ["0001"]
