"""Folders that a run filled so that nobody can remove them are removed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from trainwhy.removal import remove


def nested(folder: Path, depth: int) -> None:
    """Make folders inside one another, deeper than any path can be."""
    before = os.open(".", os.O_RDONLY)
    os.chdir(folder)
    for _ in range(depth):
        os.mkdir("d")  # noqa: PTH102 - a path of this length cannot be said
        os.chdir("d")
    os.fchdir(before)
    os.close(before)


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors of folders")
def test_a_folder_deeper_than_any_path_is_removed(tmp_path: Path) -> None:
    place = tmp_path / "run"
    place.mkdir()
    nested(place, 2600)
    (place / "up-0").write_text("in the way")
    remove(place)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes")
def test_closed_folders_are_opened_and_links_are_not_followed(tmp_path: Path) -> None:
    place, other = tmp_path / "run", tmp_path / "other"
    (place / "a" / "b").mkdir(parents=True)
    other.mkdir()
    (other / "kept").touch()
    (place / "link").symlink_to(other)
    (place / "a" / "link").symlink_to(other)
    (place / "a" / "b").chmod(0)
    (place / "a").chmod(0)
    remove(place)
    assert [one.name for one in tmp_path.iterdir()] == ["other"]
    assert (other / "kept").exists()


def test_what_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    remove(tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []
