"""What `doctor` says about the promises of the sandbox: each is tried on the spot, in real processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trainwhy.cli import talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.cli.screen import Screen
    from trainwhy.worker.trying import Tried

HEADING = "promises: what a checked file cannot do here"


def tried() -> list[Tried]:
    """Try everything that needs no TensorFlow."""
    from trainwhy.worker import trying

    return list(trying.try_all())


def canary(worker: dict[str, Any]) -> Tried:
    """Say whether TensorFlow works in a process that was forked after its import: what the worker has just done."""
    from trainwhy.worker import forking
    from trainwhy.worker.trying import Tried

    title = "hang because its process was forked"
    said = str(worker.get("builds a model", "no model was built"))
    if not forking.supported() or "fresh process" in str(worker.get("notes", "")):
        return Tried("fork_canary", title, None, "every run starts a fresh process")
    return Tried("fork_canary", title, said.startswith("finished"), f"a model was built: {said}")


def kept(found: Sequence[Tried]) -> bool:
    """Whether nothing that is promised here was broken."""
    return all(one.held is not False for one in found)


def lines(screen: Screen, found: Sequence[Tried]) -> str:
    """Write one line a promise: whether it holds, what it is, and what was measured."""
    longest = max((len(one.words) for one in found), default=0)
    written = [talk.paint(screen, "strong", HEADING)]
    for one in found:
        first = "  " if screen.plain else f"  {one.words:{longest}}  "
        said = f"{one.title}: {one.words}, {one.answer}" if screen.plain else f"{one.title}: {one.answer}"
        written.append(talk.wrap(screen, said, first=first, rest=" " * len(first)))
    return "\n".join(written) + "\n"


def document(found: Sequence[Tried]) -> dict[str, Any]:
    """Give the same to programs; `held` is null where a promise is not made."""
    return {one.name: {"title": one.title, "held": one.held, "measured": one.answer} for one in found}
