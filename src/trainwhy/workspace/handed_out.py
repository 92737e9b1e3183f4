"""`workspace.json`: what was handed out to the learner, and where. The base of every later merge.

Each exercise's entry keeps the starter as it was given, whole, so that a later course can tell an untouched file from
a changed one and merge three ways; of a chapter's README it keeps the fingerprint.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trainwhy import __version__
from trainwhy.course import fingerprint
from trainwhy.errors import BadFile
from trainwhy.regular import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT = 1
NAME = "workspace.json"
_LIMIT = 8 * 1024 * 1024
# `chapter/file.py`: whatever the document says, nothing outside the workspace is ever written.
_PLACE = re.compile(r"[^/\\:\x00-\x1f.][^/\\:\x00-\x1f]*/[^/\\:\x00-\x1f.][^/\\:\x00-\x1f]*\.(py|md)")


@dataclass(frozen=True, slots=True)
class Given:
    """One exercise as it was handed out."""

    file: str  # where it lies, with forward slashes; "" when that is not known
    starter: str
    removed: bool = False  # a later course no longer has it


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `workspace.json` says; empty where it is missing or damaged."""

    format: int = FORMAT
    made_by: str = ""
    exercises: dict[str, Given] = field(default_factory=dict)  # by exercise id
    pages: dict[str, str] = field(default_factory=dict)  # README of a chapter -> fingerprint as it was written

    @property
    def starters(self) -> dict[str, str]:
        """Text of every starter as it was handed out, by exercise id."""
        return {name: given.starter for name, given in self.exercises.items()}


def read_manifest(state: Path) -> Manifest:
    """Read `workspace.json` in the state folder; damage costs what it says, never the workspace."""
    try:
        found = json.loads(read_regular(state / NAME, _LIMIT).decode("utf-8-sig"))
    except (BadFile, ValueError, RecursionError):
        return Manifest()
    if not isinstance(found, dict):
        return Manifest()
    number = found.get("format")
    return Manifest(
        number if isinstance(number, int) else FORMAT,
        str(found.get("trainwhy", "")),
        dict(_given(found.get("exercises"))),
        dict(_pages(found.get("pages"))),
    )


def encoded(manifest: Manifest) -> bytes:
    """Write the document, as this version of trainwhy."""
    exercises: dict[str, Any] = {}
    for name, given in manifest.exercises.items():
        entry = {"file": given.file, "sha256": fingerprint(given.starter), "starter": given.starter}
        exercises[name] = {**entry, "removed": True} if given.removed else entry
    document = {"format": FORMAT, "trainwhy": __version__, "exercises": exercises, "pages": manifest.pages}
    return (json.dumps(document, indent=1) + "\n").encode()


def _given(found: object) -> Iterator[tuple[str, Given]]:
    for name, entry in found.items() if isinstance(found, dict) else ():
        if isinstance(entry, dict) and isinstance(entry.get("starter"), str):
            yield name, Given(_place(entry.get("file")), entry["starter"], entry.get("removed") is True)


def _pages(found: object) -> Iterator[tuple[str, str]]:
    for place, digest in found.items() if isinstance(found, dict) else ():
        if is_place(place) and isinstance(digest, str):
            yield place, digest


def is_place(found: object) -> bool:
    """Tell whether this names a file that a chapter may hold, and nothing outside the workspace."""
    return isinstance(found, str) and _PLACE.fullmatch(found) is not None


def _place(found: object) -> str:
    return str(found) if is_place(found) else ""
