"""A small disk and a user without rights, for tests: both need root on Linux, and are skipped elsewhere."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

IS_ROOT = hasattr(os, "getuid") and os.getuid() == 0
_NOBODY = 65534


@contextlib.contextmanager
def small_disk(folder: Path, kib: int = 64) -> Iterator[Path]:
    """A file system of so many KiB."""
    disk = folder / "small"
    disk.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(disk))
    if not (IS_ROOT and sys.platform == "linux" and _succeeds(*mount)):
        pytest.skip("mounting a small file system needs root on Linux")
    try:
        yield disk
    finally:
        _succeeds("umount", str(disk))


def as_nobody(act: Callable[[], str]) -> str:
    """Run `act` in a child without rights; what it returns."""
    if not IS_ROOT:
        pytest.skip("becoming another user needs root")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
        with os.fdopen(writing, "w") as out:
            try:
                out.write(act())
            except BaseException as error:  # noqa: BLE001 - the child must end here
                out.write(f"raised {error!r}")
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as lines:
        said = lines.read()
    os.waitpid(child, 0)
    return said


def open_to_all(folder: Path) -> None:
    """Let every user look into a folder; pytest's own are private."""
    for one in (folder, *folder.parents[:-1]):
        with contextlib.suppress(PermissionError):
            one.chmod(one.stat().st_mode | 0o055)


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
