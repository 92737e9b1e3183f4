"""Results in SQLite: what survives, who may write, and what is said when the file is not ours."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from hardships import small_disk
from trainwhy.errors import NotWritten, Usage
from trainwhy.grading.store import Store
from trainwhy.results import Report

KEY = ("missing-apply", "a" * 64)


def report(verdict="solved", **more):
    return Report("02/01.py", "missing-apply", "finished", verdict, 1.5, **more)


def test_results_come_back_to_their_judge_alone(tmp_path):
    with Store(tmp_path / "w.sqlite") as store:
        store.add(KEY, "one", report())
        store.add(("other", "b"), "two", report("unsolved"))
    with Store(tmp_path / "w.sqlite") as store:
        assert store.known("one") == {KEY: report()}
        assert (store.others("one"), store.others("three")) == (1, 2)
        store.forget("one")
        assert store.known("one") == {}
        assert store.known("two") == {("other", "b"): report("unsolved")}


def test_the_first_result_of_a_key_stays(tmp_path):
    with Store(tmp_path / "w.sqlite") as store:
        store.add(KEY, "one", report())
        store.add(KEY, "one", report("unsolved"))
        assert store.known("one") == {KEY: report()}


def test_two_at_once_are_refused_and_the_file_is_free_afterwards(tmp_path):
    path = tmp_path / "w.sqlite"
    with Store(path) as store:
        store.add(KEY, "one", report())
        with pytest.raises(Usage, match="another `trainwhy grade` is at work"):
            Store(path)
        other = (
            "import sys\nfrom pathlib import Path\nfrom trainwhy.grading.store import Store\nStore(Path(sys.argv[1]))"
        )
        run = subprocess.run([sys.executable, "-c", other, str(path)], capture_output=True, text=True, check=False)
        assert "another `trainwhy grade` is at work" in run.stderr
    Store(path).close()


def test_a_kill_in_the_middle_of_writing_loses_nothing_that_was_kept(tmp_path):
    """Eight times: a process writes and says each result that is kept, and is killed while it goes on."""
    path = tmp_path / "w.sqlite"
    writes = textwrap.dedent("""
        import os, sys
        from pathlib import Path
        from trainwhy.grading.store import Store
        from trainwhy.results import Report
        store = Store(Path(sys.argv[1]))
        for number in range(10**6):
            store.add(("e", f"{os.getpid()}-{number}"), "one", Report("p", "e", "finished", "solved", 1.0))
            print(f"{os.getpid()}-{number}", flush=True)
    """)
    said = []
    for _ in range(8):
        process = subprocess.Popen([sys.executable, "-c", writes, str(path)], stdout=subprocess.PIPE, text=True)
        said += [process.stdout.readline().strip() for _ in range(5)]
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.read().split()
        process.wait()
        process.stdout.close()
    with Store(path) as store:
        kept = {sha256 for _, sha256 in store.known("one")}
    assert set(said) <= kept
    assert len(kept) - len(set(said)) <= 8, "at most one result of each process was kept and not yet told"


def test_a_result_that_cannot_be_read_counts_as_none(tmp_path):
    with Store(tmp_path / "w.sqlite") as store:
        store.add(KEY, "one", report())
    with sqlite3.connect(tmp_path / "w.sqlite") as connection:
        connection.execute("UPDATE result SET report = '{\"path\": 3'")
    connection.close()
    with Store(tmp_path / "w.sqlite") as store:
        assert store.known("one") == {}


@pytest.mark.parametrize("content", [b"person,exercise\nann,1\n" * 50, b"SQLite format 3\x00" + bytes(200), b"x"])
def test_a_file_of_something_else_is_left_alone(tmp_path, content):
    path = tmp_path / "w.sqlite"
    path.write_bytes(content)
    with pytest.raises(Usage, match="not a file of results"):
        Store(path)
    assert path.read_bytes() == content


def test_a_folder_or_a_pipe_in_its_place_is_named(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(Usage, match="not a file of results"):
            Store(path)


def test_a_database_of_something_else_and_a_newer_one_are_left_alone(tmp_path):
    path = tmp_path / "w.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE marks (person)")
    connection.close()
    with pytest.raises(Usage, match="a database of something else"):
        Store(path)
    Store(tmp_path / "n.sqlite").close()
    with sqlite3.connect(tmp_path / "n.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(Usage, match="format 99; this one knows 1"):
        Store(tmp_path / "n.sqlite")


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NotWritten, match="was not written"):
        Store(tmp_path / "nowhere" / "w.sqlite")


def test_a_full_disk_is_named_and_what_was_kept_stays(tmp_path):
    with small_disk(tmp_path) as disk:
        told = _fill(disk / "w.sqlite")
        with Store(disk / "w.sqlite") as store, pytest.raises(NotWritten, match="the disk is full"):
            store.add(("e", "x" * 9000), "one", report(notes=("x" * 50_000,)))
        with Store(disk / "w.sqlite") as store:
            assert len(store.known("one")) == told > 3


def _fill(path):
    """Add results until the disk is full; how many were kept."""
    kept = []
    with Store(path) as store, contextlib.suppress(NotWritten):
        for number in range(1000):
            store.add(("e", str(number)), "one", report(notes=("x" * 1000,)))
            kept.append(number)
    return len(kept)
