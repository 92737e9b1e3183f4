"""Folders that only those find who were told their name: one run cannot come upon what another one writes.

Runs of one user may read each other's files, and a confined one too reads what it can name. Each folder here lies in
one that nobody may list, under a name that nobody can guess; the sandbox refuses to change modes, and holds no
capability that would list it all the same. Windows keeps no such modes: there a folder is only hard to guess.
"""

from __future__ import annotations

import contextlib
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

from trainwhy import removal


def make(prefix: str) -> Path:
    """Make an empty folder in the place for temporary files, as `prefix…/<unguessable name>`."""
    outer = Path(tempfile.mkdtemp(prefix=prefix))
    inner = outer / secrets.token_hex(16)
    inner.mkdir(mode=0o700)
    outer.chmod(0o300)
    return inner


def remove(inner: Path) -> None:
    """Remove a folder that `make` made, whatever is in it."""
    with contextlib.suppress(OSError):
        inner.parent.chmod(0o700)
    removal.remove(inner.parent)


@contextlib.contextmanager
def folder(prefix: str) -> Iterator[Path]:
    """Make a folder that is removed when the block ends."""
    inner = make(prefix)
    try:
        yield inner
    finally:
        remove(inner)
