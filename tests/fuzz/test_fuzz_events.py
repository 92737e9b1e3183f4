"""What a worker says, of any kind: the reader ends with a named outcome, and so does the report made of it."""

from __future__ import annotations

import json as standard
import os
import random
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from hypothesis import given, note

import recorded
from fuzzing import CHANCES, bent, damaged, inputs
from looked_at import shown
from trainwhy import wire
from trainwhy.check import check
from trainwhy.results import Ended, Event, Observed, Outcome, Request, Verdict
from trainwhy.worker import channel
from trainwhy.worker.channel import Channel

OUTCOMES = get_args(Outcome)
STATUSES = (
    b"", b"{}", b"[]", b"null", b"5", b'{"code": 0}', b'{"code": "x"}', b'{"code": [1]}', b'{"code": -9}',
    b'{"code": 1e999}', b'{"seconds": "x"}', b'{"seconds": 1' + b"0" * 400 + b"}", b'{"code": 0, "seconds": NaN}',
    b'{"code": null, "why": ["deadline"]}', b'{"why": "deadline"}', b"[" * 100_000, b'{"code": 0} trailing', b"\xff",
)  # fmt: skip


@lru_cache(maxsize=1)
def recordings() -> tuple[tuple[bytes, ...], ...]:
    """The lines of every recorded run that is not too long to be damaged often."""
    files = [file for file in sorted(recorded.FOLDER.glob("*/*.jsonl")) if file.stat().st_size < 40_000]
    return tuple(tuple(file.read_bytes().splitlines(keepends=True)) for file in files)


def damage(lines: tuple[bytes, ...], chance: random.Random) -> bytes:
    """Damage a stream: lines lost, doubled, in another order, torn, with wrong values, after the end."""
    made = list(lines)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(made) + 1)
        way = chance.random()
        if way < 0.5 and at < len(made):
            made[at] = _bent(made[at], chance)
        elif way < 0.7:
            made.insert(at, _bent(chance.choice(chance.choice(recordings())), chance))
        elif way < 0.8:
            del made[at : at + 1]
        elif way < 0.9:
            made.insert(at, made[-1] if made else b"\n")
        else:
            chance.shuffle(made)
    data = b"".join(made)
    return damaged(data, chance) if chance.random() < 0.3 else data


def _bent(line: bytes, chance: random.Random) -> bytes:
    try:
        document = standard.loads(line)
    except ValueError:
        return line
    return standard.dumps(bent(document, chance)).encode() + b"\n"


@inputs("one event")
@given(chance=CHANCES)
def test_any_line_is_an_event_or_refused(chance: random.Random) -> None:
    line = chance.choice(chance.choice(recordings()))
    line = _bent(line, chance) if chance.random() < 0.7 else damaged(line, chance)
    note(repr(line[:2000]))
    try:
        event = wire.load_event(line)
    except wire.WireError:
        return
    assert wire.load_event(wire.dump_event(event)) is not None


def said(folder: Path, events: bytes, printed: bytes, status: bytes | None, code: int | None) -> Iterator[Event]:
    """Read, as the parent does, what was written into the pipes of a run."""
    pairs = [os.pipe() for _ in range(2 if status is None else 3)]
    pieces = (events, printed, status or b"")

    def write() -> None:
        for (_, end), data in zip(pairs, pieces, strict=False):
            view = memoryview(data)
            with suppress(BrokenPipeError):  # the reader has heard enough
                while view:
                    view = view[os.write(end, view) :]
            os.close(end)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    readers = [reading for reading, _ in pairs]
    status_end = readers[2] if status is not None else None
    yield from channel.read(Channel(folder, readers[0], readers[1], status_end, 20.0, lambda: code))
    writer.join(10)


@inputs("event stream")
@given(chance=CHANCES)
def test_any_stream_ends_with_a_named_outcome(tmp_path: Path, chance: random.Random) -> None:
    events = damage(chance.choice(recordings()), chance)
    printed = damaged(b"hello \x1b[31mworld\x1b[0m\n", chance)
    forked = chance.random() < 0.7
    status = chance.choice(STATUSES) if forked else None
    note(repr((events[:3000], printed, status)))
    found = list(said(tmp_path, events, printed, status, chance.choice((0, 1, 3, 70, -9, -11, None))))
    ended = found.pop()
    assert isinstance(ended, Ended)
    assert not any(isinstance(event, Ended) for event in found)
    assert ended.outcome in OUTCOMES
    assert "\x1b" not in ended.output
    assert ended.failure is None or isinstance(ended.failure.message, str)


class Liar:
    """A worker whose every run says something else than it was recorded to say."""

    def __init__(self, folder: Path, name: str, chance: random.Random) -> None:
        self._folder = folder
        self._files = sorted((recorded.FOLDER / name).glob("*.jsonl"))
        self._draw = chance.getrandbits(64)

    def run(self, request: Request) -> Iterator[Event]:
        # Requests come from several threads, in any order, and with secret seeds: what each is told hangs on neither.
        asked = (request.job, request.name, request.varied, bool(request.artifact), request.interventions)
        chance = random.Random(f"{self._draw} {asked}")  # noqa: S311 - damage, no secret
        named = [file for file in self._files if file.name.startswith(request.job)]
        lines = tuple(chance.choice(named or self._files).read_bytes().splitlines(keepends=True))
        lines = tuple(line for line in lines if b'"event":"Ended"' not in line)
        events = damage(lines, chance) if chance.random() < 0.7 else b"".join(lines)
        yield from said(self._folder, events, b"", b'{"code": 0, "seconds": 1.5}', 0)

    def cancel(self) -> None: ...

    def close(self) -> None: ...


CASES = ("solution", "starter", "crash", "function_right", "answers_right", "wrong_loss", "two_faults", "flaky")


@inputs("event stream to a report")
@given(chance=CHANCES)
def test_any_stream_ends_in_a_report_that_every_face_can_show(tmp_path: Path, chance: random.Random) -> None:
    name = chance.choice(CASES)
    case = recorded.CASES[name]
    worker = Liar(tmp_path, name, chance)
    # A folder for each input: what one lie left in the cache would spare the next one its references.
    with pytest.MonkeyPatch.context() as patched, TemporaryDirectory(dir=tmp_path) as cache:
        patched.setenv("TRAINWHY_CACHE", cache)
        found = check(case.of, case.source, worker, path="mine.py", judge_starter=True)
    assert found.outcome in OUTCOMES
    assert found.verdict in (None, *get_args(Verdict))
    shown(found, chance)


def test_the_recordings_say_runs() -> None:
    assert any(isinstance(wire.load_event(line), Observed) for lines in recordings() for line in lines)
