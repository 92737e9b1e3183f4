"""People and their files: where they are found, and what is said where they are not."""

import os
import shutil
from pathlib import Path

import pytest

from cli_fakes import FIXTURE
from hardships import as_nobody, open_to_all
from trainwhy import course
from trainwhy.errors import NothingToCheck, Usage
from trainwhy.grading import folders, layout, submissions

COURSE = course.load(FIXTURE)
PICK, UPDATE, WRITE = (exercise.file for exercise in COURSE.exercises)


def hand_in(folder, *files, text="x = 1\n"):
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text)
    return folder


def read(folder):
    people, _ = submissions.found(folder)
    return {one.person: one for one in submissions.read(people, COURSE)}


# ------------------------------------------------------------------------------------------- where files lie


@pytest.mark.parametrize("above", ["", "trainwhy-course/", "homework/week 1/trainwhy-course/", "ünï/"])
def test_a_workspace_is_found_wherever_it_lies(above):
    assert layout.place(COURSE, [above + PICK, above + WRITE]).paths == {
        "pick-one": above + PICK,
        "write-it": above + WRITE,
    }


def test_files_without_their_chapter_are_found_by_name():
    assert layout.place(COURSE, ["01_pick_one.py", "deep/01_write_it.py"]).paths == {
        "pick-one": "01_pick_one.py",
        "write-it": "deep/01_write_it.py",
    }


def test_the_folder_with_most_of_the_course_wins():
    found = layout.place(COURSE, [f"old/{PICK}", f"new/{PICK}", f"new/{UPDATE}", f"old/{WRITE}"])
    assert found.paths == {"pick-one": f"new/{PICK}", "no-update": f"new/{UPDATE}", "write-it": f"old/{WRITE}"}
    assert found.several == {}


def test_two_equal_places_are_not_guessed_between():
    found = layout.place(COURSE, [f"a/{PICK}", "x/01_write_it.py", "y/01_write_it.py"])
    assert found.several == {"write-it": ("x/01_write_it.py", "y/01_write_it.py")}


def test_other_files_are_nothing():
    assert layout.place(COURSE, ["solution.py", "01_pick_one.pyc", "a/b.py"]) == layout.Found({}, {})


# ------------------------------------------------------------------------------------------- people


def test_people_are_folders_and_archives_in_order(tmp_path):
    hand_in(tmp_path / "cem", PICK)
    shutil.make_archive(str(tmp_path / "ann"), "zip", hand_in(tmp_path.parent / "elsewhere", PICK, WRITE))
    shutil.make_archive(str(tmp_path / "bob.k"), "gztar", tmp_path.parent / "elsewhere")
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / ".hidden").mkdir()
    people, others = submissions.found(tmp_path)
    assert [person for person, _ in people] == ["ann", "bob.k", "cem"]
    assert others == ["notes.txt"]
    found = {one.person: sorted(one.files) for one in submissions.read(people, COURSE)}
    assert found == {"ann": ["pick-one", "write-it"], "bob.k": ["pick-one", "write-it"], "cem": ["pick-one"]}


def test_two_of_one_name_keep_apart(tmp_path):
    hand_in(tmp_path / "ann", PICK)
    shutil.make_archive(str(tmp_path / "ann"), "zip", tmp_path / "ann")
    people, _ = submissions.found(tmp_path)
    assert [person for person, _ in people] == ["ann", "ann.zip"]


def test_no_folder_and_an_empty_one_are_told_apart(tmp_path):
    with pytest.raises(Usage, match="is not there"):
        submissions.found(tmp_path / "nowhere")
    with pytest.raises(NothingToCheck):
        submissions.found(tmp_path)
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(Usage, match="Not a directory"):
        submissions.found(tmp_path / "a.txt")


def test_one_broken_hand_in_does_not_stop_the_others(tmp_path):
    hand_in(tmp_path / "bob", PICK)
    (tmp_path / "ann.zip").write_bytes(b"PK\x03\x04 not really")
    found = read(tmp_path)
    assert "a damaged archive" in found["ann"].problem
    assert found["bob"].files["pick-one"].source == "x = 1\n"


# ------------------------------------------------------------------------------------------- folders


def test_links_are_not_followed(tmp_path):
    secret = hand_in(tmp_path / "outside", PICK, text="SECRET")
    ann = hand_in(tmp_path / "class" / "ann", WRITE)
    (ann / "01_first_steps").mkdir()
    (ann / PICK).symlink_to(secret / PICK)
    (ann / "linked").symlink_to(secret)
    (tmp_path / "class" / "bob").symlink_to(secret)
    found = read(tmp_path / "class")
    assert found["ann"].files["pick-one"].problem == "a symbolic link; expected a Python file"
    assert found["ann"].files["write-it"].source == "x = 1\n"
    assert found["bob"].problem == "a symbolic link; expected a folder or an archive"


def test_what_is_no_text_file_says_so(tmp_path):
    ann = hand_in(tmp_path / "ann", WRITE)
    (ann / "01_first_steps").mkdir()
    os.mkfifo(ann / PICK)
    (ann / UPDATE).write_bytes(b"\xff\xfe\x00")
    (ann / WRITE).write_text("#" * (256 * 1024 + 1))
    files = read(tmp_path)["ann"].files
    assert "a named pipe" in files["pick-one"].problem
    assert "not text that Python can decode" in files["no-update"].problem
    assert "256 KiB" in files["write-it"].problem


def test_deep_and_large_folders_end(tmp_path, monkeypatch):
    hand_in(tmp_path / "ann", f"venv/lib/a/b/c/d/e/f/{PICK}", WRITE)
    assert sorted(read(tmp_path)["ann"].files) == ["write-it"]
    monkeypatch.setattr(folders, "ENTRIES", 3)
    assert "too large" in read(tmp_path)["ann"].problem


def test_a_folder_that_may_not_be_read_is_a_row(tmp_path):
    hand_in(tmp_path / "ann", PICK)
    open_to_all(tmp_path)
    (tmp_path / "ann").chmod(0o700)
    assert "Permission denied" in as_nobody(lambda: read(tmp_path)["ann"].problem)


def test_nothing_is_written_among_the_submissions(tmp_path):
    shutil.make_archive(str(tmp_path / "ann"), "zip", hand_in(tmp_path.parent / "elsewhere2", PICK))
    before = {path: path.stat().st_mtime_ns for path in sorted(Path(tmp_path).rglob("*"))}
    read(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in sorted(Path(tmp_path).rglob("*"))} == before
