"""Real classes with real TensorFlow: killed in the middle and taken up again, here and on a Dask cluster."""

from __future__ import annotations

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from trainwhy import course

pytestmark = [pytest.mark.tf, pytest.mark.skipif(os.name != "posix", reason="sends signals")]

NAMES = ("missing-apply", "log-dict")
PATIENCE = 300.0  # seconds; a loaded machine is no fault


def make_class(folder: Path) -> Path:
    """Three people, two exercises: right, wrong, one that raises, one untouched; each file is another."""
    known = course.load()
    texts = {
        "ann": [known.find(name).solution() for name in NAMES],
        "bob": [known.find("missing-apply").starter() + "\nx = 1\n", known.find("log-dict").starter()],
        "cem": [
            known.find("missing-apply").solution() + "\n1 / 0\n",
            known.find("log-dict").solution() + "\n\n# cem\n",
        ],
    }
    for person, sources in texts.items():
        for name, source in zip(NAMES, sources, strict=True):
            path = folder / person / known.find(name).file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source)
    return folder


WANTED = {
    ("ann", "missing-apply"): ("solved", ""),
    ("ann", "log-dict"): ("solved", ""),
    ("bob", "missing-apply"): ("unsolved", "TW101"),
    ("bob", "log-dict"): ("not_started", ""),
    ("cem", "missing-apply"): ("unsolved", ""),
    ("cem", "log-dict"): ("solved", ""),
}
JOBS = 5


def marks(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    with path.open(newline="") as file:
        found = {(row["person"], row["exercise"]): (row["verdict"], row["code"]) for row in csv.DictReader(file)}
    return {key: mark for key, mark in found.items() if key[1] in NAMES}


def kept(path: Path) -> Counter[str]:
    """Count the results by key; a file that a grader holds shows none. A killed one's last page may need undoing."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=0)) as connection:
            return Counter("".join(row) for row in connection.execute("SELECT exercise, source_sha256 FROM result"))
    except sqlite3.OperationalError:
        return Counter()


def start(folder: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "trainwhy", "grade", "class", "--output", "r.csv", *more]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def until(what: object, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)


def trees(roots: list[int]) -> list[int]:
    """Give all processes below others, those of other sessions too."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found: list[int] = []
    while roots:
        below = children.get(roots.pop(), [])
        found += below
        roots += below
    return found


def alive(pids: list[int]) -> list[int]:
    def lives(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False

    return [pid for pid in pids if lives(pid)]


def grown(path: Path, size: int) -> bool:
    """Tell from outside, while the grader holds its lock, that something was added."""
    return path.exists() and path.read_bytes().count(b'"outcome"') >= size


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_grade_goes_on_and_judges_nothing_twice(tmp_path: Path) -> None:
    make_class(tmp_path / "class")
    work = tmp_path / "r.csv.sqlite"
    first = start(tmp_path, "--jobs", "1")
    until(lambda: grown(work, 3) or first.poll() is not None)  # of these the last may not be committed yet
    below = trees([first.pid])
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    assert first.returncode == -signal.SIGKILL, "it was killed before it could finish"
    until(lambda: not alive(below))
    before = kept(work)
    assert 2 <= sum(before.values()) < JOBS
    second = start(tmp_path)
    out, err = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0, err
    assert marks(tmp_path / "r.csv") == WANTED
    assert f"{sum(before.values())} files were judged before" in err
    left = JOBS - sum(before.values())
    assert f"{left} file{'s' if left > 1 else ''} judged now" in out
    assert set(kept(work).values()) == {1}
    assert len(kept(work)) == JOBS


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_dask_worker_loses_nothing_and_nothing_is_judged_twice(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    make_class(tmp_path / "class")
    work = tmp_path / "r.csv.sqlite"
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(**options, silence_logs=50) as cluster:
        grader = start(tmp_path, "--dask", cluster.scheduler_address)
        until(lambda: grown(work, 1) or grader.poll() is not None)
        assert grader.poll() is None, "it is in the middle"
        victim = next(one.process.process.pid for one in cluster.workers.values() if one.process is not None)
        below = trees([victim])
        assert below, "the worker process has an engine of its own"
        os.kill(victim, signal.SIGKILL)
        out, err = grader.communicate(timeout=PATIENCE)
        until(lambda: not alive(below))
        assert grader.returncode == 0, err
        assert marks(tmp_path / "r.csv") == WANTED
        assert f"{JOBS} files judged now" in out
        assert set(kept(work).values()) == {1}
        assert len(kept(work)) == JOBS
        processes = [one.process.process.pid for one in cluster.workers.values() if one.process is not None]
        until(lambda: not alive(trees(processes)))
