"""Recordings: named by what was asked and by no path of a machine, written whole, and only what was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import recorded
from trainwhy.results import Ended, Event, Output, Request, Started
from trainwhy.worker.replay import Recorder, Replay, key

REQUEST = Request("train", "/somewhere/02_the_step/01_missing_apply", source="x = 1\n", name="a/step.py")
SAID: list[Event] = [Started("2.21.0", "3.15.1"), Output("hello\n"), Ended("finished", 0.5)]
MEGABYTES = 1.5


class Says:
    """A worker that says the same to everybody, and counts how it was ended."""

    def __init__(self) -> None:
        self.ended: list[str] = []

    def run(self, _: Request) -> Iterator[Event]:
        yield from SAID

    def cancel(self) -> None:
        self.ended.append("cancel")

    def close(self) -> None:
        self.ended.append("close")


def test_where_things_lie_is_not_in_the_name() -> None:
    elsewhere = replace(REQUEST, exercise="/else/01_missing_apply", name="/b/step.py", artifact="/else/x", deadline=1.0)
    assert key(elsewhere) == key(REQUEST)
    assert key(REQUEST).startswith("train-01_missing_apply-0-")


@pytest.mark.parametrize(
    "other",
    [
        replace(REQUEST, job="judge"),
        replace(REQUEST, exercise="/somewhere/02_the_step/02_other"),
        replace(REQUEST, source="x = 2\n"),
        replace(REQUEST, name="solution.py"),
        replace(REQUEST, seed=1),
        replace(REQUEST, more_seeds=(1, 2)),
        replace(REQUEST, epochs=2),
        replace(REQUEST, intervention="placebo"),
        replace(REQUEST, practice="modes"),
        replace(REQUEST, answers={"a": "1"}),
    ],
)
def test_what_decides_a_run_is(other: Request) -> None:
    assert key(other) != key(REQUEST)


def test_a_recorded_run_is_played_back(tmp_path: Path) -> None:
    worker = Says()
    recorder, replay = Recorder(worker, tmp_path / "new"), Replay(tmp_path / "new")
    assert list(recorder.run(REQUEST)) == SAID
    assert list(replay.run(REQUEST)) == SAID
    recorder.cancel()
    recorder.close()
    assert worker.ended == ["cancel", "close"]
    replay.cancel()
    replay.close()


def test_a_run_that_was_broken_off_is_no_recording(tmp_path: Path) -> None:
    running = Recorder(Says(), tmp_path).run(REQUEST)
    next(running)
    del running
    assert list(tmp_path.iterdir()) == []


def test_what_was_never_recorded_names_the_command_that_records(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="scripts/record_runs"):
        list(Replay(tmp_path).run(REQUEST))


def test_the_recordings_are_those_of_the_list_small_and_of_no_machine() -> None:
    assert {path.name for path in recorded.FOLDER.iterdir()} == {*recorded.EXAMPLES, *recorded.CASES}
    texts = {path: path.read_text(encoding="utf-8") for path in recorded.FOLDER.glob("*/*.jsonl")}
    assert sum(map(len, texts.values())) < MEGABYTES * 1e6
    for path, text in texts.items():
        assert not any(word in text for word in ("/tmp/", "/home/", "/root/", "site-packages")), path  # noqa: S108
