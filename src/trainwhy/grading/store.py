"""Results in an SQLite file while a class is judged: one transaction each, so a kill loses at most what was running.

A result is named by the exercise, the SHA-256 of the file and the judge. The file belongs to one `trainwhy grade` at a
time: SQLite's own lock is held until the connection closes, and the kernel releases it when the process dies.
"""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from trainwhy import wire
from trainwhy.errors import NotWritten, Usage
from trainwhy.results import Report

if TYPE_CHECKING:
    from typing_extensions import Self

    from trainwhy.grading.marks import Key

APPLICATION = 0x74776772  # "twgr", in the header of the file
VERSION = 1
SMALLEST = 512  # bytes of a database
TABLE = """
CREATE TABLE result (
    exercise TEXT NOT NULL, source_sha256 TEXT NOT NULL, judge TEXT NOT NULL,
    report TEXT NOT NULL, judged_at TEXT NOT NULL,
    PRIMARY KEY (exercise, source_sha256, judge)
) WITHOUT ROWID
"""


class Store:
    """An open file of results, held against every other process until it is closed."""

    def __init__(self, path: Path, shown: str = "") -> None:
        self.shown = shown or str(path)
        _refuse_other(path, self.shown)
        with _named(self.shown):
            self._connection = sqlite3.connect(path, timeout=0.0, isolation_level=None)
            try:
                self._connection.execute("PRAGMA locking_mode=EXCLUSIVE")
                self._connection.execute("BEGIN EXCLUSIVE")
                _prepare(self._connection, self.shown)
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file; every result is in it already."""
        self._connection.close()

    def known(self, judge: str) -> dict[Key, Report]:
        """Give the results of this judge; one that cannot be read counts as none."""
        found: dict[Key, Report] = {}
        for exercise, sha256, text in self._connection.execute(
            "SELECT exercise, source_sha256, report FROM result WHERE judge = ?", (judge,)
        ):
            with contextlib.suppress(wire.WireError):
                found[exercise, sha256] = wire.load(text, Report)
        return found

    def others(self, judge: str) -> int:
        """Count the results of other judges."""
        (count,) = self._connection.execute("SELECT count(*) FROM result WHERE judge <> ?", (judge,)).fetchone()
        return int(count)

    def add(self, key: Key, judge: str, report: Report) -> None:
        """Keep one result, on the disk when this returns; the first one of a key stays."""
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        with _named(self.shown):
            self._connection.execute(
                "INSERT OR IGNORE INTO result VALUES (?, ?, ?, ?, ?)", (*key, judge, wire.dump(report), now)
            )

    def forget(self, judge: str) -> None:
        """Remove the results of this judge, to judge everything again."""
        with _named(self.shown):
            self._connection.execute("DELETE FROM result WHERE judge = ?", (judge,))


def _refuse_other(path: Path, shown: str) -> None:
    """Refuse what SQLite would take for an empty database and write over, or would wait for."""
    with contextlib.suppress(FileNotFoundError):
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or 0 < status.st_size < SMALLEST:
            raise _no_results(shown)


def _no_results(shown: str) -> Usage:
    return Usage(
        f"{shown} is not a file of results, or a damaged one",
        "choose another file with --work, or remove that one to judge everything again",
    )


def _prepare(connection: sqlite3.Connection, path: str) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables and application in (0, APPLICATION):
        connection.execute(TABLE)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    elif application != APPLICATION:
        raise Usage(f"{path} is a database of something else", "choose another file with --work")
    elif version != VERSION:
        raise Usage(
            f"{path} was made by another trainwhy (format {version}; this one knows {VERSION})",
            "choose another file with --work, or remove that one to judge everything again",
        )


@contextlib.contextmanager
def _named(path: str) -> Iterator[None]:
    """Turn what SQLite says into words."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        said = str(error)
        if "locked" in said:
            message = f"another `trainwhy grade` is at work with {path}"
            raise Usage(message, "wait until it has finished, or choose another file with --work") from error
        if "not a database" in said or "malformed" in said or "encrypted" in said:
            raise _no_results(path) from error
        words = {"database or disk is full": "the disk is full"}.get(said, said)
        raise NotWritten(path, words, "results that were there before are still there") from error
