"""Watching: what a save or a key means, and that every way of saving is noticed once."""

import os
import queue
import threading
import time

import pytest

from trainwhy import watching
from trainwhy.watching import Finished, Gone, Pressed, Saved, State, step

RUNNING = State(ticket=3, running=True)
IDLE = State(ticket=3, running=False)


@pytest.mark.parametrize(
    ("state", "event", "after", "actions"),
    [
        (State(), Saved(), State(1, True), ("start",)),
        (RUNNING, Saved(), State(4, True), ("cancel", "start")),
        (IDLE, Pressed("r"), State(4, True), ("start",)),
        (RUNNING, Pressed("R"), State(4, True), ("cancel", "start")),
        (RUNNING, Finished(3), IDLE, ()),
        (RUNNING, Finished(2), RUNNING, ()),  # the end of a cancelled run means nothing
        (RUNNING, Gone(), IDLE, ("cancel", "gone")),
        (IDLE, Gone(), IDLE, ("gone",)),
        (RUNNING, Pressed("h"), RUNNING, ("hint",)),  # keys are live while it runs
        (RUNNING, Pressed("l"), RUNNING, ("list",)),
        (RUNNING, Pressed("q"), RUNNING, ("quit",)),
        (IDLE, Pressed("q"), IDLE, ("quit",)),
        (RUNNING, Pressed("n"), RUNNING, ("next",)),
        (IDLE, Pressed("n"), IDLE, ("next",)),
        (IDLE, Pressed("?"), IDLE, ("help",)),
        (IDLE, Pressed("x"), IDLE, ()),
        (IDLE, Pressed("\x1b"), IDLE, ()),
    ],
)
def test_what_an_event_leads_to(state, event, after, actions):
    assert step(state, event) == (after, actions)


class Watched:
    """A file that is watched by a thread."""

    def __init__(self, path, poll):
        self.path = path
        self.events = queue.Queue()
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(poll, watching.digest(path)), daemon=True)

    def _run(self, poll, since):
        for event in watching.changes(self.path, self.stop, poll=poll, since=since):
            self.events.put(event)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join(3)
        assert not self.thread.is_alive()

    def next(self):
        return self.events.get(timeout=5)

    def silent(self, seconds=0.6):
        time.sleep(seconds)
        return self.events.empty()


@pytest.fixture(params=[False, True], ids=["events", "poll"])
def watched(request, tmp_path):
    path = tmp_path / "exercise.py"
    path.write_text("one\n")
    with watching_of(path, request.param) as watcher:
        yield watcher


def watching_of(path, poll):
    return Watched(path, poll)


def test_a_save_in_place_is_noticed(watched):
    watched.path.write_text("two\n")
    assert watched.next() == Saved()


def test_a_save_by_renaming_is_noticed(watched):
    other = watched.path.with_suffix(".tmp")
    other.write_text("two\n")
    other.replace(watched.path)
    assert watched.next() == Saved()
    assert watched.silent()


def test_a_save_that_deletes_first_is_one_save(watched):
    watched.path.unlink()
    time.sleep(0.1)
    watched.path.write_text("two\n")
    assert watched.next() == Saved()
    assert watched.silent()


def test_touching_without_a_change_is_no_save(watched):
    os.utime(watched.path)
    watched.path.write_text("one\n")
    assert watched.silent()


def test_a_change_that_keeps_size_and_time_is_noticed(watched):
    before = watched.path.stat()
    watched.path.write_text("two\n")
    os.utime(watched.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert watched.next() == Saved()


def test_a_deleted_file_is_gone_and_comes_back(watched):
    watched.path.unlink()
    assert watched.next() == Gone()
    assert watched.silent()
    watched.path.write_text("one\n")
    assert watched.next() == Saved()


def test_the_folder_may_be_replaced(tmp_path):
    folder = tmp_path / "chapter"
    folder.mkdir()
    path = folder / "exercise.py"
    path.write_text("one\n")
    with Watched(path, poll=False) as watcher:
        folder.rename(tmp_path / "old")
        folder.mkdir()
        path.write_text("two\n")
        assert watcher.next() == Saved()


def test_what_was_saved_since_the_last_run_counts_at_once(tmp_path):
    path = tmp_path / "exercise.py"
    path.write_text("two\n")
    events = watching.changes(path, threading.Event(), poll=True, since="digest of another text")
    assert next(events) == Saved()


def test_a_pipe_or_a_folder_has_no_digest(tmp_path):
    assert watching.digest(tmp_path) is None
    os.mkfifo(tmp_path / "pipe")
    assert watching.digest(tmp_path / "pipe") is None
    assert watching.digest(tmp_path / "nothing") is None


def test_the_size_stands_for_a_very_large_file(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "LARGEST", 4)
    path = tmp_path / "large"
    path.write_text("12345")
    assert watching.digest(path) == "large:5"
