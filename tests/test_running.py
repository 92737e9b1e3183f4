"""Requests carried out: what is gathered, several side by side, references from the cache, rows held back."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from trainwhy import processors, references, running
from trainwhy.results import (
    Ended,
    Epoch,
    EpochEnded,
    Event,
    Failure,
    Measured,
    Observed,
    Output,
    Phase,
    Progress,
    ReferenceReady,
    Request,
    Run,
    Started,
)

STARTED, FINISHED = Started("2.21.0", "3.15.1"), Ended("finished", 0.5)
ROWS = (Epoch(1, 2.0), Epoch(2, 1.0))
KNOWN = Run(0, start_loss=4.0, epochs=ROWS)


class Says:
    """A worker that answers by a function and counts how many runs are on at once."""

    def __init__(self, answer: Callable[[Request], list[Event]], *, together: int = 1) -> None:
        self.answer = answer
        self.asked: list[Request] = []
        self._gate = threading.Barrier(together)

    def run(self, request: Request) -> Iterator[Event]:
        self.asked.append(request)
        self._gate.wait(timeout=10)
        yield from self.answer(request)

    def cancel(self) -> None: ...

    def close(self) -> None: ...


def request(seed: int = 0) -> Request:
    return Request("train", "", practice="regression", source="x", seed=seed)


def trained(asked: Request) -> list[Event]:
    return [STARTED, *(Observed(Run(seed, start_loss=4.0, epochs=ROWS)) for seed in asked.seeds), FINISHED]


def test_only_the_first_word_of_a_start_counts() -> None:
    """It is said before the learner's code runs; what comes later may be forged."""
    forged = Started("9.9", "9.9", sandbox="landlock(7)+seccomp")
    worker = Says(lambda _: [STARTED, forged, FINISHED])
    assert running.gather(worker, request()).started == STARTED


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAINWHY_CACHE", str(tmp_path))


def test_everything_a_run_said_is_gathered_and_heard() -> None:
    said: list[Event] = [
        STARTED,
        Output("a"),
        EpochEnded(ROWS[0]),
        Observed(Run(0)),
        Observed(Run(1)),
        Measured(text="first"),
        Measured(text="second"),
        FINISHED,
    ]
    heard: list[Progress] = []
    gathered = running.gather(Says(lambda _: said), request(), heard.append)
    assert heard == said
    assert (gathered.ended, gathered.started) == (FINISHED, STARTED)
    assert (gathered.runs, gathered.run) == ((Run(0), Run(1)), Run(0))
    assert gathered.measured == Measured(text="first")
    assert len(gathered.measurements) == 2


def test_a_worker_that_never_says_how_it_ended_is_our_fault() -> None:
    gathered = running.gather(Says(lambda _: []), request())
    assert gathered.ended.outcome == "internal"
    assert (gathered.run, gathered.measured, gathered.started) == (None, None, None)


def test_several_are_answered_in_the_order_they_were_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processors, "available", lambda: 2)
    worker = Says(trained, together=2)  # either waits for the other: one at a time would never end
    found = running.side_by_side(worker, [request(seed) for seed in range(4)])
    assert [gathered.run.seed for gathered in found if gathered.run] == [0, 1, 2, 3]
    assert running.side_by_side(worker, []) == []


def test_processors_are_counted_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert processors.available() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processors.available() == 1


# ------------------------------------------------------------------------------------------------- references


def test_a_reference_is_made_once() -> None:
    worker = Says(trained)
    first, again = running.reference(worker, request()), running.reference(worker, request())
    assert first == again == KNOWN
    assert len(worker.asked) == 1


@pytest.mark.parametrize("end", [Ended("crashed", 0.1), Ended("timed_out", 0.1, Failure("TimedOut", ""))])
def test_a_reference_that_did_not_finish_is_none_and_not_kept(end: Ended) -> None:
    worker = Says(lambda _: [STARTED, Observed(KNOWN), end])
    assert running.reference(worker, request()) is None
    assert references.read(request()) is None
    assert running.reference(Says(lambda _: [FINISHED]), request()) is None


def test_references_on_several_seeds_are_made_in_one_process() -> None:
    worker = Says(trained)
    running.reference(worker, request(1))
    found = running.references_on(worker, request(), (0, 1, 2))
    assert [run.seed for run in found] == [0, 1, 2]
    assert [asked.seeds for asked in worker.asked] == [(1,), (0, 2)]
    assert worker.asked[1].deadline == request().deadline, "it is for each seed"
    assert [run.epochs for run in running.references_on(worker, request(), (0, 1, 2))] == [ROWS] * 3
    assert len(worker.asked) == 2


def test_a_seed_on_which_the_reference_failed_is_an_empty_run() -> None:
    def answer(asked: Request) -> list[Event]:
        return [Observed(Run(0, epochs=ROWS)), Observed(Run(1, error=Failure("E", ""), epochs=ROWS)), FINISHED]

    found = running.references_on(Says(answer), request(), (0, 1, 2))
    assert found == [Run(0, epochs=ROWS), Run(1), Run(2)]
    assert references.read(request(1)) is None


def test_a_run_of_a_seed_that_was_not_asked_for_is_no_reference() -> None:
    def answer(_: Request) -> list[Event]:
        return [Observed(Run(2, epochs=ROWS)), Observed(Run(7, epochs=ROWS)), FINISHED]

    assert running.references_on(Says(answer), request(), (0, 1, 2)) == [Run(0), Run(1), Run(2, epochs=ROWS)]
    assert references.read(request(7)) is None


# ------------------------------------------------------------------------------------------------- held rows


def held() -> tuple[running.Held, Future[Run | None], list[Progress]]:
    heard: list[Progress] = []
    known: Future[Run | None] = Future()
    return running.Held(heard.append, known), known, heard


def test_rows_wait_for_the_reference_and_keep_their_order() -> None:
    listen, known, heard = held()
    listen(STARTED)
    listen(EpochEnded(ROWS[0]))
    assert heard == []
    known.set_result(KNOWN)
    listen(EpochEnded(ROWS[1]))
    listen(FINISHED)
    ready = ReferenceReady(ROWS, 4.0)
    assert heard == [ready, STARTED, EpochEnded(ROWS[0]), EpochEnded(ROWS[1]), FINISHED]


def test_the_end_waits_until_the_reference_is_known() -> None:
    listen, known, heard = held()
    listen(EpochEnded(ROWS[0]))
    waiting = threading.Thread(target=listen, args=(FINISHED,))
    waiting.start()
    waiting.join(timeout=0.05)
    assert waiting.is_alive()
    assert heard == []
    known.set_result(KNOWN)
    waiting.join(timeout=10)
    assert heard == [ReferenceReady(ROWS, 4.0), EpochEnded(ROWS[0]), FINISHED]


def test_without_a_reference_the_rows_come_alone() -> None:
    listen, known, heard = held()
    listen(EpochEnded(ROWS[0]))
    known.set_result(None)
    listen(Phase("judging"))
    assert heard == [EpochEnded(ROWS[0]), Phase("judging")]
