"""One process at a time, and never a stale lock."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import trainwhy
from trainwhy import lock
from trainwhy.errors import NotWritten
from trainwhy.lock import locked

HOLDER = """
import sys, time
from pathlib import Path
from trainwhy.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "a.lock"


def _hold(path: Path) -> subprocess.Popen[str]:
    environment = {"PYTHONPATH": str(Path(trainwhy.__file__).parents[1])}
    command = [sys.executable, "-c", HOLDER, str(path)]
    holder = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_lock_can_be_taken_again_and_again(path: Path) -> None:
    for _ in range(3):
        with locked(path):
            pass


def test_a_held_lock_is_waited_for_and_then_named(path: Path) -> None:
    with _hold(path) as holder:
        began = time.monotonic()
        with pytest.raises(NotWritten, match="another trainwhy is writing there"), locked(path, wait=0.2):
            pytest.fail("two holders")
        assert 0.2 <= time.monotonic() - began < 1.5
        holder.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_dead_holder_holds_nothing(path: Path) -> None:
    with _hold(path) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with locked(path, wait=0):
            pass


@pytest.mark.parametrize("make", ["folder", "link", "pipe"])
def test_what_stands_in_its_place_is_refused_without_waiting(path: Path, tmp_path: Path, make: str) -> None:
    path.parent.mkdir()
    if make == "folder":
        path.mkdir()
    elif make == "link":
        path.symlink_to(tmp_path / "elsewhere")
    else:
        os.mkfifo(path)
        with locked(path, wait=0):  # a pipe can be locked as well as a file, and nothing is read from it
            return
    with pytest.raises(NotWritten), locked(path):
        pytest.fail("not a lock")
    assert not (tmp_path / "elsewhere").exists()


def test_an_error_inside_releases_it(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(path):
        raise ZeroDivisionError
    with locked(path, wait=0):
        pass


# ------------------------------------------------------------------------------------------- file systems without locks


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOLCK, "no locks here")

    monkeypatch.setattr(lock, "_try", refuse)


@pytest.mark.usefixtures("no_locks")
def test_without_kernel_locks_a_file_stands_for_it(path: Path) -> None:
    held = path.with_name("a.lock.held")
    with locked(path):
        assert held.exists()
        with pytest.raises(NotWritten, match="another trainwhy"), locked(path, wait=0.05):
            pytest.fail("two holders")
    assert not held.exists()


@pytest.mark.usefixtures("no_locks")
def test_there_a_dead_holder_is_forgotten_after_a_while(path: Path) -> None:
    held = path.with_name("a.lock.held")
    path.parent.mkdir()
    held.touch()
    os.utime(held, (time.time() - 60, time.time() - 60))
    with locked(path, wait=0.5):
        assert held.exists()


@pytest.mark.usefixtures("no_locks")
def test_there_a_file_that_cannot_be_made_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(name: Path, flags: int, mode: int = 0o777) -> int:
        if str(name).endswith(".held"):
            raise OSError(errno.EACCES, "Permission denied")
        return real(name, flags, mode)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(NotWritten, match="permission denied"), locked(path):
        pytest.fail("no lock")
