"""What this terminal can show, decided once per command."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

Color = Literal["auto", "always", "never"]
PIPED_WIDTH = 80
LONGEST_LINE = 100  # a table may be wider; a sentence is not


@dataclass(frozen=True, slots=True)
class Screen:
    """Facts about where output goes. `keyboard`: single keys can be asked for. `live`: lines may be redrawn."""

    width: int = PIPED_WIDTH
    color: bool = False
    unicode: bool = False
    plain: bool = False
    quiet: bool = False
    terminal: bool = False
    keyboard: bool = False
    live: bool = False
    links: bool = False


def can_write_unicode(stream: TextIO) -> bool:
    """Whether every symbol that the faces use survives the stream's encoding."""
    try:
        "━─│▏✔✗→●┤╲‾…".encode(stream.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def wants_color(choice: Color, terminal: bool, environment: Mapping[str, str]) -> bool:
    """`--color` first, then NO_COLOR, then FORCE_COLOR, then whether a terminal is there."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return terminal and environment.get("TERM", "") != "dumb"


def look(choice: Color = "auto", *, plain: bool = False, quiet: bool = False) -> Screen:
    """Look at stdin, stdout and the environment of this process."""
    environment = os.environ
    out = sys.stdout.isatty()
    terminal = out and environment.get("TERM", "") != "dumb"
    machine = bool(environment.get("CI"))
    color = not plain and wants_color(choice, out, environment)
    return Screen(
        width=shutil.get_terminal_size((PIPED_WIDTH, 24)).columns or PIPED_WIDTH,
        color=color,
        unicode=not plain and can_write_unicode(sys.stdout),
        plain=plain,
        quiet=quiet,
        terminal=out,
        keyboard=out and sys.stdin.isatty() and not machine,
        live=terminal and not machine and not plain,
        links=terminal and color and not machine,
    )
