"""The reader of a run on plain pipes: whatever is written into them, events are safe and the end has an outcome."""

from __future__ import annotations

import json
import math
import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainwhy import wire
from trainwhy.results import Begun, Ended, Epoch, EpochEnded, Event, Failure, Measured, Observed, Output, Run, Started
from trainwhy.worker import Cancelled, channel, output, pipes
from trainwhy.worker.channel import Channel

STARTED = Started("2.21.0", "3.15.1")
ROW = EpochEnded(Epoch(1, math.nan))
DONE = Observed(Run(0))
RAISED = Observed(Run(0, error=Failure("ValueError", "no", 3)))
OURS = Ended("internal", 0.0, Failure("KeyError", "Traceback\n  File ...\nKeyError: 3"))


def lines(*events: Event) -> bytes:
    return "".join(wire.dump_event(event) + "\n" for event in events).encode()


GOOD = lines(STARTED, ROW, DONE)


@dataclass
class Pipes:
    """The three pipes of a run, with the writers' ends in the test's hands."""

    folder: Path
    code: int | None = None
    forked: bool = True
    deadline: float = 20.0
    import_time: float = 120.0
    ended: int = 0

    def __post_init__(self) -> None:
        ends = [os.pipe() for _ in range(3 if self.forked else 2)]
        self.readers, self.writers = [end[0] for end in ends], [end[1] for end in ends]
        events, printed, *status = self.readers
        self.channel = Channel(
            self.folder,
            events,
            printed,
            status[0] if status else None,
            self.deadline,
            self.end,
            import_time=self.import_time,
        )

    def end(self) -> int | None:
        self.ended += 1
        return self.code

    def say(self, events: bytes = b"", printed: bytes = b"", status: bytes = b"") -> None:
        """Write into each pipe what is given; the status last, as the keeper does."""
        for writer, data in zip(self.writers, (events, printed, status), strict=False):
            view = memoryview(data)
            while view:
                view = view[os.write(writer, view) :]

    def hang_up(self) -> None:
        while self.writers:
            os.close(self.writers.pop())

    def read(self) -> list[Event]:
        return list(channel.read(self.channel))


def descriptors() -> int:
    """How many are open, where the system tells."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Every test leaves as many open descriptors as it found."""
    before = descriptors()
    yield tmp_path
    assert descriptors() == before


def status(code: int | None = 0, **more: Any) -> bytes:
    return json.dumps({"code": code, "seconds": 1.5, **more}).encode()


def heard(home: Path, events: bytes = GOOD, printed: bytes = b"", said: bytes | None = None) -> list[Event]:
    """Everything a forked run says, when all of it was written before the reader looks."""
    run = Pipes(home)
    run.say(events, printed, status() if said is None else said)
    run.hang_up()
    found = run.read()
    assert run.ended == 1
    return found


def end_of(found: list[Event]) -> Ended:
    assert isinstance(found[-1], Ended)
    return found[-1]


# ------------------------------------------------------------------------------------------------- events


def test_events_come_in_order_and_the_end_is_the_last(home: Path) -> None:
    found = heard(home, printed=b"hello\n")
    assert repr([one for one in found if not isinstance(one, Output)][:-1]) == repr([STARTED, ROW, DONE])
    assert Output("hello\n") in found
    assert end_of(found) == Ended("finished", 1.5, None, "hello\n", 0)


def test_a_line_may_come_in_pieces(home: Path) -> None:
    run, found = Pipes(home), []
    reading = threading.Thread(target=lambda: found.extend(run.read()))
    reading.start()
    for start in range(0, len(GOOD), 40):
        run.say(GOOD[start : start + 40])
        time.sleep(0.001)
    run.say(status=status())
    run.hang_up()
    reading.join(timeout=10)
    assert [type(one) for one in found] == [Started, EpochEnded, Observed, Ended]
    assert end_of(found).outcome == "finished"


@pytest.mark.parametrize(
    "junk",
    [b"\n\n", b"junk\n", b"\xff\x00\n", b'{"v":1}\n', b'{"v":1,"event":"Ended"\n', b"[" * 9999 + b"\n", b"[]\n"],
)
def test_lines_that_are_no_events_say_nothing(home: Path, junk: bytes) -> None:
    found = heard(home, lines(STARTED) + junk + lines(ROW) + junk + lines(DONE) + junk)
    assert [type(one) for one in found] == [Started, EpochEnded, Observed, Ended]
    assert end_of(found).outcome == "finished"


def test_a_last_line_that_is_torn_is_no_evidence(home: Path) -> None:
    found = heard(home, GOOD[:-1])
    assert [type(one) for one in found] == [Started, EpochEnded, Ended]
    assert end_of(found).outcome == "no_evidence"


def test_an_end_or_an_output_the_program_forged_is_not_passed_on(home: Path) -> None:
    forged = lines(Output("\x1b[2J"), Ended("finished", 0.0))
    found = heard(home, lines(STARTED) + forged)
    assert [type(one) for one in found] == [Started, Ended]
    assert end_of(found).outcome == "no_evidence"


PIECES = st.sampled_from([GOOD, b"\n", b"{", b"\xff"]) | st.binary(max_size=60)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(PIECES, max_size=5), st.binary(max_size=99))
def test_no_bytes_break_the_reader(home: Path, events: list[bytes], printed: bytes) -> None:
    found = heard(home, b"".join(events), printed)
    assert [one for one in found if isinstance(one, Ended)] == found[-1:]


# ------------------------------------------------------------------------------------------------- outcomes


@pytest.mark.parametrize(
    ("events", "said", "outcome", "failure"),
    [
        (GOOD, status(), "finished", ""),
        (lines(STARTED, Measured()), status(), "finished", ""),
        (lines(STARTED, DONE, Measured()), status(), "finished", ""),
        (lines(STARTED, RAISED), status(), "raised", "ValueError"),
        (lines(STARTED, Observed(Run(0, error=Failure("MemoryError", "")))), status(), "out_of_memory", "MemoryError"),
        (
            lines(STARTED, Observed(Run(0, error=Failure("ResourceExhaustedError", "")))),
            status(),
            "out_of_memory",
            "ResourceExhaustedError",
        ),
        (lines(STARTED, RAISED, DONE), status(), "finished", ""),
        (GOOD, status(3), "no_evidence", "NoEvidence"),
        (lines(STARTED, ROW), status(), "no_evidence", "NoEvidence"),
        (b"", status(), "no_evidence", "NoEvidence"),
        (b"", b"", "internal", "NoKeeper"),
        (GOOD, b'{"code"', "internal", "NoKeeper"),
        (GOOD, status(-11), "crashed", "SIGSEGV"),
        (GOOD, status(-9), "crashed", "SIGKILL"),
        (GOOD, status(-64), "crashed", "signal 64"),
        (lines(STARTED), status(1), "no_evidence", "NoEvidence"),
        (b"", status(1), "internal", "NoWorker"),
        (b"", status(70), "internal", "NoWorker"),
        (lines(OURS), status(70), "internal", "KeyError"),
        (lines(STARTED, OURS), status(70), "internal", "KeyError"),
        (lines(STARTED, Begun(), OURS), status(70), "no_evidence", "NoEvidence"),
        (lines(STARTED, Begun()), status(70), "no_evidence", "NoEvidence"),
        (GOOD, status(-9, why="deadline"), "timed_out", "TimedOut"),
        (GOOD, status(-9, why="files"), "flooded", "Flooded"),
        (lines(STARTED, RAISED), status(-9, why="deadline"), "timed_out", "TimedOut"),
    ],
)
def test_outcomes(home: Path, events: bytes, said: bytes, outcome: str, failure: str) -> None:
    ended = end_of(heard(home, events, said=said))
    assert ended.outcome == outcome
    assert (ended.failure.type if ended.failure else "") == failure
    assert ended.failure is None or ended.failure.message or outcome in ("raised", "out_of_memory")


@pytest.mark.parametrize(
    "said",
    [
        b"5",
        b"null",
        b'["refused"]',
        b'"refused"',
        b"[" * 20_000,
        b'{"code": "0"}',
        b'{"code": true}',
        b'{"code": 1' + b"0" * 400 + b"}",
        b'{"code": [0], "why": ["deadline"], "seconds": {}}',
        b'{"seconds": 1' + b"0" * 400 + b"}",
        b'{"seconds": NaN}',
        b'{"seconds": -1}',
        b'{"refused": 1}',
    ],
)
def test_a_status_that_is_none_says_nothing(home: Path, said: bytes) -> None:
    ended = end_of(heard(home, GOOD, said=said))
    assert ended.outcome == "internal", "the keeper did not report: never the learner's fault, never a pass"
    assert 0 <= ended.seconds < 60


def test_a_template_that_refuses_says_why(home: Path) -> None:
    run = Pipes(home)
    run.say(status=b'{"refused": "3 threads"}')
    run.hang_up()
    with pytest.raises(channel.Refused, match="3 threads"):
        run.read()
    assert run.ended == 1


def test_what_a_worker_said_before_it_could_not_start_is_told(home: Path) -> None:
    ended = end_of(heard(home, b"", b"ImportError: no\n", status(1)))
    assert ended.failure is not None
    assert ended.failure.message == "ImportError: no"
    silent = end_of(heard(home, b"", b"", status(1))).failure
    assert silent is not None
    assert silent.message == "the worker did not start"


def test_an_abort_is_told_with_its_last_words(home: Path) -> None:
    failure = end_of(heard(home, GOOD, b"free(): invalid\ndouble free\n", status(-6))).failure
    assert failure is not None
    assert failure.message == "the process died of SIGABRT: native code gave up. double free"
    killed = end_of(heard(home, GOOD, b"last words\n", status(-9))).failure
    assert killed is not None
    assert "last words" not in killed.message


@pytest.mark.parametrize(
    ("trace", "line", "words"),
    [
        ('Thread 0x1:\n  File "/a/work/step.py", line 7 in train_step\n', 7, "never ends in `train_step`"),
        ('  File "/a/keras.py", line 9 in fit\n  File "/a/work/s.py", line 3 in <module>\n', 3, "never ends"),
        ('  File "/a/keras.py", line 9 in fit\n', None, "never ends"),
        (None, None, "never ends"),
    ],
)
def test_a_timeout_names_the_learners_line(home: Path, trace: str | None, line: int | None, words: str) -> None:
    if trace is not None:
        (home / "trace.txt").write_text(trace)
    failure = end_of(heard(home, GOOD, said=status(-9, why="deadline"))).failure
    assert failure is not None
    assert failure.line == line
    assert failure.hint.endswith(words)
    assert ("It was at line" in failure.message) == (line is not None)


# ------------------------------------------------------------------------------------------------- limits


def write_all(run: Pipes, writer: int, piece: bytes) -> threading.Thread:
    """Write the same for ever, until nobody reads."""

    def write() -> None:
        with suppress(OSError):
            while True:
                os.write(writer, piece)

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def test_a_flood_is_stopped_and_its_beginning_kept(home: Path) -> None:
    run = Pipes(home)
    run.say(lines(STARTED))
    writing = write_all(run, run.writers[1], b"x" * 50_001)
    found = run.read()
    writing.join(timeout=10)
    run.hang_up()
    ended = end_of(found)
    assert ended.outcome == "flooded"
    assert ended.output == "x" * output.KEPT
    assert ended.output_dropped >= output.FLOOD - output.KEPT
    told = sum(len(one.text) for one in found if isinstance(one, Output))
    assert told == output.KEPT, "a listener hears no more than is kept"


@pytest.mark.parametrize("piece", [b"x" * 65536, lines(STARTED) * 500], ids=["no line", "forged starts"])
def test_a_flood_of_events_is_stopped(home: Path, monkeypatch: pytest.MonkeyPatch, piece: bytes) -> None:
    monkeypatch.setattr(channel, "EVENT_BYTES", 1 << 20)
    run = Pipes(home)
    writing = write_all(run, run.writers[0], piece)
    assert end_of(run.read()).outcome == "flooded"
    writing.join(timeout=10)
    run.hang_up()


def test_the_deadline_starts_when_the_worker_does_and_not_again(home: Path) -> None:
    run = Pipes(home, code=-9, forked=False, deadline=0.3)

    def start_again_and_again() -> None:
        for _ in range(80):
            with suppress(OSError):
                run.say(lines(STARTED))
            if over.wait(0.05):
                return

    over = threading.Event()

    forging = threading.Thread(target=start_again_and_again)
    forging.start()
    began = time.monotonic()
    ended = end_of(run.read())
    over.set()
    forging.join(timeout=10)
    run.hang_up()
    assert ended.outcome == "timed_out"
    assert 0.3 <= time.monotonic() - began < 3
    assert 0.3 <= ended.seconds < 3


def test_the_keeper_has_a_moment_more_than_the_deadline(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "GRACE", 0.2)
    run = Pipes(home, deadline=0.1)
    run.say(lines(STARTED))
    began = time.monotonic()
    assert end_of(run.read()).outcome == "timed_out"
    assert time.monotonic() - began >= 0.3
    run.hang_up()


def test_a_worker_that_is_never_ready_is_our_fault(home: Path) -> None:
    run = Pipes(home, import_time=0.1)
    assert end_of(run.read()).outcome == "internal"
    run.hang_up()


def test_the_status_ends_a_run_though_a_child_holds_its_pipes(home: Path) -> None:
    run = Pipes(home)
    run.say(GOOD, b"last words", status())
    began = time.monotonic()
    ended = end_of(run.read())  # the writers' ends are open
    assert time.monotonic() - began < 1
    assert (ended.outcome, ended.output) == ("finished", "last words")
    run.hang_up()


# ------------------------------------------------------------------------------------------------- our own child


@pytest.mark.parametrize(
    ("code", "outcome"),
    [(0, "finished"), (-11, "crashed"), (1, "no_evidence"), (7, "no_evidence"), (None, "no_evidence")],
)
def test_a_fresh_process_is_judged_by_its_exit_code(home: Path, code: int | None, outcome: str) -> None:
    run = Pipes(home, code=code, forked=False)
    run.say(GOOD, b"said")
    run.hang_up()
    ended = end_of(run.read())
    assert (ended.outcome, ended.output) == (outcome, "said")
    assert 0 <= ended.seconds < 5


def test_a_fresh_process_is_over_when_it_hangs_up(home: Path) -> None:
    run = Pipes(home, code=0, forked=False)
    run.say(GOOD)
    os.close(run.writers.pop(0))  # a child of it still holds the output
    began = time.monotonic()
    assert end_of(run.read()).outcome == "finished"
    assert time.monotonic() - began < 1
    run.hang_up()


# ------------------------------------------------------------------------------------------------- stopped by us


def test_a_cancelled_run_is_ended_and_has_no_result(home: Path) -> None:
    run = Pipes(home)
    run.say(lines(STARTED))
    reading = channel.read(run.channel)
    assert next(reading) == STARTED
    threading.Timer(0.1, run.channel.cancel).start()
    with pytest.raises(Cancelled):
        list(reading)
    assert run.ended == 1
    run.hang_up()


def test_closing_the_iterator_ends_the_run(home: Path) -> None:
    run = Pipes(home)
    run.say(GOOD)
    reading = channel.read(run.channel)
    next(reading)
    reading.close()
    assert run.ended == 1
    run.hang_up()


def test_pipes_can_be_read_by_threads_as_well(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipes, "watch", pipes.Threaded)
    found = heard(home, printed=b"hello\n")
    assert [type(one) for one in found if not isinstance(one, Output)] == [Started, EpochEnded, Observed, Ended]
    assert end_of(found).output == "hello\n"
