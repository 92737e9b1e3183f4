"""A file is written whole or not at all: real kills, a real full disk, a real read-only folder."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import trainwhy
from hardships import IS_ROOT, as_nobody, open_to_all, small_disk
from trainwhy import atomic
from trainwhy.errors import NotWritten

SOURCE = str(Path(trainwhy.__file__).parents[1])


def _python(code: str) -> subprocess.Popen[str]:
    environment = {"PYTHONPATH": SOURCE}
    return subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writing_replaces_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"
    atomic.write(path, b"one")
    atomic.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert _names(path.parent) == ["a.txt"]


def test_permissions_stay_and_new_files_follow_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    atomic.write(path, b"one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~_umask()
    path.chmod(0o640)
    atomic.write(path, b"two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_link_is_replaced_never_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("keep me")
    link = tmp_path / "a.txt"
    link.symlink_to(precious)
    atomic.write(link, b"new")
    assert (precious.read_text(), link.read_bytes(), link.is_symlink()) == ("keep me", b"new", False)


def test_a_new_file_never_replaces_anything(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    assert atomic.write_new(path, b"one")
    assert not atomic.write_new(path, b"two")
    dangling = tmp_path / "link"
    dangling.symlink_to(tmp_path / "nowhere")
    assert not atomic.write_new(dangling, b"x")
    assert path.read_bytes() == b"one"
    assert _names(tmp_path) == ["a.txt", "link"]


def test_a_file_that_appears_in_the_meantime_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    real = os.link

    def late(source: Path, target: Path) -> None:
        path.write_bytes(b"theirs")
        real(source, target)

    monkeypatch.setattr(os, "link", late)
    assert not atomic.write_new(path, b"ours")
    assert path.read_bytes() == b"theirs"


@pytest.mark.parametrize("there", [True, False])
def test_without_hard_links_a_rename_does_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    path = tmp_path / "a.txt"

    def no_links(*_: object) -> None:
        if there:
            path.write_bytes(b"theirs")
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    assert atomic.write_new(path, b"ours") is not there
    assert path.read_bytes() == (b"theirs" if there else b"ours")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_writer_leaves_the_old_text_or_the_new(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    whole = {letter: (letter * 3_000_000).encode() for letter in "ab"}
    code = (
        "from pathlib import Path; from trainwhy import atomic\n"
        f"path = Path({str(path)!r})\n"
        "print('go', flush=True)\n"
        "while True:\n"
        "    for letter in 'ab': atomic.write(path, (letter * 3_000_000).encode())"
    )
    strays = 0
    for attempt in range(16):
        writer = _python(code)
        assert writer.stdout is not None
        writer.stdout.readline()
        # Never at the same moment of the write.
        time.sleep(0.01 + 0.0037 * attempt)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        if path.exists():
            assert path.read_bytes() in whole.values()
        strays = len(_names(tmp_path)) - path.exists()
    # The kills did hit inside a write, or this test proves nothing.
    assert strays > 0


def test_strays_are_removed_when_they_are_old(tmp_path: Path) -> None:
    old, young, other = (tmp_path / name for name in (".trainwhy-1-a.tmp", ".trainwhy-2-b.tmp", "mine.tmp"))
    for path in (old, young, other):
        path.write_text("x")
    for path in (old, other):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    atomic.write(tmp_path / "a.txt", b"x")
    assert _names(tmp_path) == [young.name, "a.txt", other.name]


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        _overfill(disk)


def _overfill(small_disk: Path) -> None:
    path = small_disk / "a.txt"
    atomic.write(path, b"old")
    with pytest.raises(NotWritten, match="the disk is full"):
        atomic.write(path, b"x" * 200_000)
    with pytest.raises(NotWritten, match="the disk is full"):
        atomic.write_new(small_disk / "b.txt", b"x" * 200_000)
    assert path.read_bytes() == b"old"
    assert _names(small_disk) == ["a.txt"]


@pytest.mark.skipif(not IS_ROOT, reason="becoming another user needs root")
def test_a_folder_that_may_not_be_written_is_named_with_its_owner(tmp_path: Path) -> None:
    open_to_all(tmp_path)

    def write() -> str:
        with pytest.raises(NotWritten) as caught:
            atomic.write(tmp_path / "a.txt", b"x")
        return f"{caught.value.reason}|{caught.value.hint}"

    said = as_nobody(write)
    assert said.startswith(f"permission denied; {tmp_path} belongs to another user|was it made with sudo?")
    assert _names(tmp_path) == []


@pytest.mark.skipif(IS_ROOT or sys.platform == "win32", reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(NotWritten, match="permission denied"):
            atomic.write(tmp_path / "a.txt", b"x")
    finally:
        tmp_path.chmod(0o755)


def test_what_is_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritten, match="a folder is in the way"):
        atomic.write(tmp_path / "folder", b"x")
    with pytest.raises(NotWritten, match="a file is in the way of its folder"):
        atomic.write(tmp_path / "file" / "a.txt", b"x")
    with pytest.raises(NotWritten, match="the name is too long"):
        atomic.write(tmp_path / ("a" * 300), b"x")
    assert _names(tmp_path) == ["file", "folder"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EROFS, "read-only"), (errno.EDQUOT, "quota"), (errno.EIO, "oddness"), (errno.EPERM, "permission denied")],
)
def test_reasons_are_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "oddness")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotWritten, match=words):
        atomic.write(tmp_path / "a.txt", b"x")
    assert _names(tmp_path) == []
