"""What is replayed runs in a copy of the folder as it was."""

import os
from pathlib import Path

from trainwhy import scratch


def test_the_copy_is_whole_and_goes_away(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "train.py").write_text("print(1)\n")
    (tmp_path / "below" / "data.csv").write_text("1,2\n")
    (tmp_path / ".git").mkdir()
    with scratch.pristine(str(tmp_path)) as kept:
        copy = Path(kept)
        assert copy.name == tmp_path.name
        assert (copy / "train.py").read_text() == "print(1)\n"
        (copy / "below" / "data.csv").write_text("changed")
        assert not (copy / ".git").exists()
    assert not copy.exists()
    assert (tmp_path / "below" / "data.csv").read_text() == "1,2\n"


def test_what_is_too_large_is_linked_and_can_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(scratch, "BYTES", 10)
    (tmp_path / "a_small.txt").write_text("1234")
    (tmp_path / "b_large.txt").write_text("x" * 100)
    with scratch.pristine(str(tmp_path)) as kept:
        assert not (Path(kept) / "a_small.txt").is_symlink()
        assert (Path(kept) / "b_large.txt").is_symlink()
        assert (Path(kept) / "b_large.txt").read_text() == "x" * 100


def test_pipes_and_broken_links_are_no_obstacle(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    with scratch.pristine(str(tmp_path)) as kept:
        assert not (Path(kept) / "pipe").exists()


def test_a_folder_that_holds_the_place_of_copies_is_not_copied_into_itself(tmp_path, monkeypatch):
    below = tmp_path / "below"
    below.mkdir()
    (tmp_path / "train.py").write_text("print(1)\n")
    monkeypatch.setattr("tempfile.tempdir", str(below))
    with scratch.pristine(str(tmp_path)) as kept:
        assert sorted(one.name for one in Path(kept).rglob("*")) == ["below", "train.py"]
