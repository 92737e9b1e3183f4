"""Watching a learner's file: what a save, a key or a finished run means, and how saves are noticed.

The first half is pure: `step(state, event)` gives the next state and what to do. The second half turns a file into
events. A save counts when the *content* differs, whichever way the editor writes it (in place, by renaming a new file
over the old, by deleting first), and whether or not the file system reports events: `watchfiles` only makes it quick.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Union

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from pathlib import Path

BEAT = 0.25  # seconds between two looks at the file where no event arrives
GRACE = 0.75  # a file that is missing for less than this is being saved, not deleted
LARGEST = 4 << 20  # bytes that are read to see whether a file changed; a larger file is judged by its size

Do = Literal["start", "cancel", "gone", "hint", "next", "list", "help", "quit"]


@dataclass(frozen=True, slots=True)
class Saved:
    """The file holds something else than before."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The file is not there any more."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key."""

    key: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The run with this ticket ended by itself."""

    ticket: int


Event = Union[Saved, Gone, Pressed, Finished]


@dataclass(frozen=True, slots=True)
class State:
    """`ticket` numbers the newest run; only its end counts."""

    ticket: int = 0
    running: bool = False


_KEYS: dict[str, Do] = {"h": "hint", "n": "next", "l": "list", "q": "quit", "?": "help"}


def step(state: State, event: Event) -> tuple[State, tuple[Do, ...]]:
    """Say what an event leads to. A save during a run cancels it and starts the newest; keys are always live."""
    if isinstance(event, Saved):
        return _start(state)
    if isinstance(event, Gone):
        stopped: tuple[Do, ...] = ("cancel",) if state.running else ()
        return replace(state, running=False), (*stopped, "gone")
    if isinstance(event, Finished):
        return (replace(state, running=False), ()) if event.ticket == state.ticket else (state, ())
    return _pressed(state, event.key.lower())


def _start(state: State) -> tuple[State, tuple[Do, ...]]:
    stopped: tuple[Do, ...] = ("cancel",) if state.running else ()
    return State(state.ticket + 1, running=True), (*stopped, "start")


def _pressed(state: State, key: str) -> tuple[State, tuple[Do, ...]]:
    if key == "r":
        return _start(state)
    wanted = _KEYS.get(key)
    return state, ((wanted,) if wanted else ())


# ------------------------------------------------------------------------------------------- noticing saves


def digest(path: Path) -> str | None:
    """Fingerprint of the file's content; `None` where there is no such file."""
    try:
        if not path.is_file():  # opening a named pipe would wait for ever
            return None
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        return None
    if len(data) > LARGEST:
        return f"large:{path.stat().st_size}"
    return hashlib.sha256(data).hexdigest()


def changes(path: Path, stop: threading.Event, *, poll: bool = False, since: str | None = None) -> Iterator[Event]:
    """Yield `Saved` and `Gone` as they happen, until `stop` is set. `since` is the digest that was run last."""
    seen = since if since is not None else digest(path)
    missing_since: float | None = None
    for now in _beats(path, stop, poll=poll):
        current = digest(path)
        if current is None:
            missing_since = now if missing_since is None else missing_since
            if seen is not None and now - missing_since >= GRACE:
                seen = None
                yield Gone()
            continue
        missing_since = None
        if current != seen:
            seen = current
            yield Saved()


def _beats(path: Path, stop: threading.Event, *, poll: bool) -> Iterator[float]:
    """Give the time whenever it is worth looking: on events of the folder, and at least every beat."""
    if not poll:
        yield from _event_beats(path, stop)
    while not stop.is_set():
        yield time.monotonic()
        stop.wait(BEAT)


def _event_beats(path: Path, stop: threading.Event) -> Iterator[float]:
    import watchfiles  # noqa: PLC0415 - only `watch` needs it

    try:
        for _ in watchfiles.watch(
            path.parent,
            stop_event=stop,
            watch_filter=None,
            debounce=100,
            step=25,
            rust_timeout=int(BEAT * 1000),
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=False,
        ):
            yield time.monotonic()
    except (OSError, RuntimeError):
        # No events here (the folder went away, no watches left, an odd file system): the beats below go on alone.
        return
