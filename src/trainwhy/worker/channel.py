"""Reading one run: events, output and status from a process that may do anything, as a stream of safe events."""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trainwhy import wire
from trainwhy.results import Begun, Ended, Event, Failure, Measured, Observed, Outcome, Output, Started
from trainwhy.worker import Cancelled, pipes
from trainwhy.worker.output import FLOOD, KEPT, Capture, clean

LOOK = 0.1  # seconds between looks at the deadline and at a cancellation
EVENT_BYTES = 64 << 20  # a worker that says more than this is not telling about a run
DISTURBED = (
    "look for a line that changes Python, TensorFlow or Keras for everybody; if there is none, the fault is "
    "trainwhy's: please report it with the file"
)
OUR_FAULT = 70  # exit code of a worker that failed by itself
LONGEST_RUN = 1e6  # seconds; what says that it took longer is wrong
GRACE = 5.0  # seconds past the deadline after which the reader stops waiting for the keeper


@dataclass(eq=False)
class Channel:
    """The reader's ends of one run, and how to end it."""

    folder: Path
    events: int
    output: int
    status: int | None  # where the keeper reports; None when the process is our own child
    deadline: float
    end: Callable[[], int | None]  # kill and reap; the exit code when the process is our own child
    import_time: float = 120.0  # seconds that starting may take before anything is heard
    cancelled: bool = False
    confined: bool = True  # else a script of the user's own, which may print as much as it likes
    gone: Callable[[], bool] | None = None  # whether a process shared with other commands has ended meanwhile
    runs: int = 1  # how many seeds the process works through; the deadline is for each of them
    more: Callable[[], None] | None = None  # begin the deadline anew where a keeper watches over it

    def cancel(self) -> None:
        """Ask the reader, from any thread, to end the run; it notices within its next look."""
        self.cancelled = True


@dataclass
class _State:
    capture: Capture = field(default_factory=Capture)
    pending: bytearray = field(default_factory=bytearray)
    said: int = 0
    status: bytearray = field(default_factory=bytearray)
    last: Event | None = None
    began: float = field(default_factory=time.monotonic)
    heard: float | None = None  # when the process began to work, or its last seed was done
    observed: int = 0
    stopped: Outcome | None = None
    printed: int = 0
    begun: bool = False  # the learner's code may have run


class Refused(Exception):
    """The template would not fork; carries why."""


def read(channel: Channel) -> Generator[Event, None, None]:
    """Yield events as they arrive and `Ended` at the end; closing the iterator ends the run."""
    state = _State()
    try:
        yield from _stream(channel, state)
    finally:
        code = channel.end()
        for descriptor in (channel.events, channel.output, channel.status):
            if descriptor is not None:
                os.close(descriptor)
    yield _ended(channel, state, code)


def _stream(channel: Channel, state: _State) -> Iterator[Event]:
    open_ends = {channel.events, channel.output} | ({channel.status} if channel.status is not None else set())
    with contextlib.closing(pipes.watch(open_ends)) as watched:
        while _more(channel, open_ends, state):
            for descriptor, data in watched.wait(LOOK):
                yield from _take(channel, state, descriptor, data)
                if not data:
                    open_ends.discard(descriptor)
        if state.stopped is None:  # the process is gone: read what it left in its pipes
            while open_ends and (pieces := watched.wait(0.0)):
                for descriptor, data in pieces:
                    yield from _take(channel, state, descriptor, data)
                if state.capture.flooded and channel.confined:
                    break


def _more(channel: Channel, open_ends: set[int], state: _State) -> bool:
    """Whether to go on reading: the status ends a forked run; its descendants may hold the other pipes open."""
    if channel.cancelled:
        raise Cancelled
    if state.status or not open_ends or state.stopped:
        return False
    now = time.monotonic()
    if channel.status is None and channel.events not in open_ends:
        return False
    if channel.status is not None and channel.status not in open_ends:  # the keeper ended without a word
        return False
    if (state.capture.flooded and channel.confined) or state.said > EVENT_BYTES:
        state.stopped = "flooded"
    elif state.heard is None and now - state.began > channel.import_time:
        state.stopped = "internal"
    elif state.heard is not None and now - state.heard > _patience(channel):
        state.stopped = "timed_out"
    return state.stopped is None


def _patience(channel: Channel) -> float:
    """Give the keeper of a forked run, which owns the deadline, a moment longer than that."""
    return channel.deadline + (GRACE if channel.status is not None else 0.0)


def _take(channel: Channel, state: _State, descriptor: int, data: bytes) -> Iterator[Event]:
    if descriptor == channel.status:
        state.status += data
    elif descriptor == channel.output:
        state.capture.add(data)
        if state.printed < KEPT or not channel.confined:
            text = clean(data[: KEPT - state.printed] if channel.confined else data)
            state.printed += len(data)
            if text:
                yield Output(text)
    else:
        yield from _events(channel, state, data)


def _events(channel: Channel, state: _State, data: bytes) -> Iterator[Event]:
    state.said += len(data)
    state.pending += data
    while (cut := state.pending.find(b"\n")) >= 0:
        line = bytes(state.pending[:cut])
        del state.pending[: cut + 1]
        with contextlib.suppress(wire.WireError):  # a forged or torn line says nothing
            event = wire.load_event(line)
            state.last = event
            if isinstance(event, Started) and state.heard is None:  # said again, it would put the deadline off
                state.heard = time.monotonic()
            if isinstance(event, Begun):
                state.begun = True
            if isinstance(event, Observed):
                _one_done(channel, state)
            if not isinstance(event, (Output, Ended)):
                yield event


def _one_done(channel: Channel, state: _State) -> None:
    """Begin the deadline of the next seed; who says so too often gains nothing beyond the number of seeds."""
    state.observed += 1
    if state.observed < channel.runs:
        state.heard = time.monotonic()
        if channel.more is not None:
            channel.more()


def _ended(channel: Channel, state: _State, code: int | None) -> Ended:
    status = _understood(bytes(state.status))
    if "refused" in status:
        raise Refused(str(status["refused"]))
    if channel.gone is not None and not status and state.stopped is None and channel.gone():
        raise Refused("the background process ended during the run")
    seconds = status.get("seconds", time.monotonic() - (state.heard or state.began))
    outcome, failure = _outcome(channel, state, status, status.get("code", code))
    return Ended(outcome, seconds, failure, state.capture.text, state.capture.dropped)


def _understood(status: bytes) -> dict[str, Any]:
    """Read what the keeper reported; what is not of its kind is left out, as if it had not been said."""
    try:
        found = json.loads(status)
        said = dict(found) if isinstance(found, dict) else {}
    except (ValueError, RecursionError):
        return {}
    return {name: said[name] for name, right in _RIGHT.items() if name in said and right(said[name])}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_code(value: object) -> bool:
    return type(value) is int and abs(value) <= 255  # noqa: PLR2004 - an exit code, or a signal below zero


def _is_time(value: object) -> bool:
    return isinstance(value, (int, float)) and 0 <= value < LONGEST_RUN


_RIGHT = {"code": _is_code, "seconds": _is_time, "why": _is_text, "refused": _is_text}


def _outcome(
    channel: Channel, state: _State, status: dict[str, Any], code: int | None
) -> tuple[Outcome, Failure | None]:
    if code == OUR_FAULT and isinstance(state.last, Ended) and not state.begun:
        return "internal", state.last.failure
    limit = _limit_met(channel, state, status.get("why"))
    if limit is not None:
        return limit
    if channel.status is not None and not status:
        words = "the process that watches over the run was killed, perhaps by the program itself"
        return "internal", Failure("NoKeeper", words)
    if isinstance(state.last, Observed) and state.last.run.error is not None:
        failure = state.last.run.error
        memory = failure.type in ("MemoryError", "ResourceExhaustedError")
        return ("out_of_memory" if memory else "raised"), failure
    if isinstance(state.last, (Observed, Measured)) and code == 0:
        return "finished", None
    return _silent(state, code)


def _limit_met(channel: Channel, state: _State, why: str | None) -> tuple[Outcome, Failure] | None:
    if state.stopped == "flooded" or (state.capture.flooded and channel.confined):
        return "flooded", Failure("Flooded", f"the program printed more than {FLOOD >> 20} MiB", hint="print less")
    if why == "files":
        words = "the program wrote more than 256 MiB of files, or more than 20,000 of them"
        return "flooded", Failure("Flooded", words, hint="write less")
    if why == "deadline" or state.stopped == "timed_out":
        return "timed_out", _timed_out(channel)
    return None


def _silent(state: _State, code: int | None) -> tuple[Outcome, Failure | None]:
    """The process ended without a complete account."""
    if code is not None and code < 0:
        return "crashed", _killed(-code, state.capture.text)
    if state.stopped == "internal" or (state.heard is None and code in (1, OUR_FAULT)):
        return "internal", Failure("NoWorker", state.capture.text.strip()[-2000:] or "the worker did not start")
    if code == OUR_FAULT and isinstance(state.last, Ended):
        return "no_evidence", _disturbed(state.last.failure)
    words = "the program ended the process before the run was over"
    return "no_evidence", Failure("NoEvidence", words, hint="let the function return instead of leaving the process")


def _disturbed(failure: Failure | None) -> Failure:
    """Our own code failed in a process in which the learner's has run: nobody can tell whose fault that is."""
    words = "after the file had run, nothing could be measured in its process any more"
    kind, lines = (failure.type, failure.message.splitlines()) if failure else ("", [])
    said = next((line for line in reversed(lines) if kind in line.partition(":")[0]), "")
    return Failure("NoEvidence", f"{words} ({said})" if said else words, hint=DISTURBED)


def _timed_out(channel: Channel) -> Failure:
    line, name = _last_line(channel.folder)
    where = f" It was at line {line}." if line else ""
    return Failure(
        "TimedOut",
        f"the program ran longer than {channel.deadline:.3g} s and was stopped.{where}",
        line=line,
        hint=f"look for a loop that never ends{f' in `{name}`' if name else ''}",
    )


def _last_line(folder: Path) -> tuple[int | None, str]:
    """Where faulthandler says the learner's file was, innermost frame first."""
    try:
        text = (folder / "trace.txt").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None, ""
    match = re.search(r'File "[^"\n]*/work/[^/"\n]+", line (\d+) in (\S+)', text)
    return (int(match[1]), "" if match[2] == "<module>" else match[2]) if match else (None, "")


SIGNALS = {
    4: "SIGILL",
    6: "SIGABRT",
    7: "SIGBUS",
    8: "SIGFPE",
    9: "SIGKILL",
    11: "SIGSEGV",
    15: "SIGTERM",
    24: "SIGXCPU",
}
CAUSES = {
    6: "native code gave up",
    9: "something killed it; perhaps the program killed its own group of processes",
    11: "native code failed, or a recursion went too deep",
    24: "it used up its processor time",
}


def _killed(number: int, output: str) -> Failure:
    name = SIGNALS.get(number, f"signal {number}")
    tail = output.strip().splitlines()[-1:] if number == 6 else []  # noqa: PLR2004 - SIGABRT says why on its last line
    words = f"the process died of {name}: {CAUSES.get(number, 'the system stopped it')}"
    return Failure(name, ". ".join([words, *tail])[:400], hint="look at native code, deep recursion or very large data")
