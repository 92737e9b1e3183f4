"""What an update makes of one file: from the bytes that are there and the starters, old and new. Nothing is written."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from dataclasses import dataclass
from typing import Literal

from trainwhy.course import plain
from trainwhy.regular import SOURCE_LIMIT
from trainwhy.workspace.merging import LONGEST, Conflict, Side, in_the_style_of, merge, too_long

Status = Literal["current", "replaced", "merged", "kept", "conflict", "left"]


@dataclass(frozen=True, slots=True)
class Settled:
    """What the file will hold, and why. `settles`: from now on the new starter is what was handed out."""

    status: Status
    data: bytes
    reason: str = ""
    conflicts: tuple[Conflict, ...] = ()
    settles: bool = True


def settle(mine: bytes, base: str | None, theirs: str, choice: Side | None = None) -> Settled:
    """Decide about a file that holds `mine`. `base` is the starter as it was handed out, None when that is not known.

    Without a `choice`, no line that both sides changed is touched: the file stays as it is, and is not settled.
    """
    text, encoding = _decoded(mine)
    if text is not None and plain(text) == plain(theirs):
        return Settled("current", mine)
    if base is not None and plain(base) == plain(theirs):
        return Settled("kept", mine)
    if text is None:
        return _left(mine, "it is not text that Python can decode")
    if base is None:
        return _without_base(mine, text, encoding, theirs, choice)
    if plain(text) == plain(base):
        return _written("replaced", mine, in_the_style_of(theirs, text), encoding)
    return _merged(mine, text, encoding, base, theirs, choice)


def plain_bytes(data: bytes) -> str | None:
    """Fold a file as `plain` folds a text; None when it is no text."""
    text, _ = _decoded(data)
    return None if text is None else plain(text)


def _merged(mine: bytes, text: str, encoding: str, base: str, theirs: str, choice: Side | None) -> Settled:
    if too_long(text, theirs):
        return _left(mine, f"it has more than {LONGEST} lines, too many to merge")
    merged = merge(base, text, theirs, choice or "mine")
    if merged.conflicts and choice is None:
        return Settled("conflict", mine, "", merged.conflicts, settles=False)
    marked = bool(merged.conflicts) and choice == "markers"
    if not marked and _parses(text) and not _parses(merged.text):
        if choice == "mine":
            return Settled("kept", mine, "merged, it would not be Python any more")
        return _left(mine, "merged, it would not be Python any more")
    reason = {"mine": "the file's own lines", "theirs": "the course's lines", "markers": "both, between markers"}
    chosen = reason[choice] if choice and merged.conflicts else ""
    settled = _written("merged", mine, merged.text, encoding, chosen)
    return Settled(settled.status, settled.data, settled.reason, merged.conflicts, settled.settles)


def _without_base(mine: bytes, text: str, encoding: str, theirs: str, choice: Side | None) -> Settled:
    if choice == "mine":
        return Settled("kept", mine, "chosen")
    if choice == "theirs":
        return _written("replaced", mine, in_the_style_of(theirs, text), encoding, "chosen")
    return _left(mine, "it is not known how it was handed out, so what was changed in it is not known either")


def _written(status: Status, mine: bytes, text: str, encoding: str, reason: str = "") -> Settled:
    try:
        data = text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return _left(mine, f"the new text cannot be written in its encoding, {encoding}")
    if data == mine:
        return Settled("kept", mine, reason)
    return Settled(status, data, reason)


def _left(mine: bytes, reason: str) -> Settled:
    return Settled("left", mine, reason, settles=False)


def _decoded(data: bytes) -> tuple[str | None, str]:
    """Decode as Python would, line ends as they are; None when Python could not."""
    if len(data) > SOURCE_LIMIT:
        return None, ""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding), encoding
    except (SyntaxError, LookupError, ValueError):
        return None, ""


def _parses(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an odd escape in the learner's file is not our message
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
