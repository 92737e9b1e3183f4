"""What the place that shows a text can do, decided once, and what an epoch table shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

PIPED_WIDTH = 80
NARROWEST = 24  # below this even a number and its name do not fit side by side
READABLE = 100  # sentences are not drawn out further than this
# Every symbol the terminal face draws: one that cannot be encoded means all are drawn in ASCII.
SYMBOLS = "━─│┃┏┓┗┛╭╮╰╯┤●…→·✔✗↳"
# Terminals that print a hyperlink's escape sequence instead of following it.
_NO_LINKS = frozenset({"dumb", "linux", ""})


@dataclass(frozen=True, slots=True)
class Style:
    """Columns, whether colours, whether symbols beyond ASCII, whether hyperlinks."""

    width: int = PIPED_WIDTH
    color: bool = False
    unicode: bool = True
    links: bool = False

    @property
    def text_width(self) -> int:
        """Columns a sentence may use."""
        return max(NARROWEST, min(self.width, READABLE))


@dataclass(frozen=True, slots=True)
class EpochTable:
    """Which columns a table of epochs has: the metrics, the reference beside it, and how many epochs will come."""

    metrics: tuple[str, ...] = ()
    healthy: bool = True
    total: int | None = None
    gradient: bool = True  # false where no gradient's length could be seen, as inside a graph


def decide(
    *,
    color: Literal["auto", "always", "never"] = "auto",
    environ: Mapping[str, str],
    isatty: bool,
    encoding: str | None,
    width: int | None = None,
) -> Style:
    """Decide how to show things; the width is that of the terminal, else COLUMNS, else 80."""
    colored = _colored(color, environ, isatty)
    return Style(
        width=max(NARROWEST, width or _columns(environ)),
        color=colored,
        unicode=_encodes(encoding),
        links=colored and isatty and environ.get("TERM", "") not in _NO_LINKS and not environ.get("CI"),
    )


def _colored(color: str, environ: Mapping[str, str], isatty: bool) -> bool:
    """`--color`, then NO_COLOR, then FORCE_COLOR, then what the output is."""
    if color != "auto":
        return color == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return isatty and environ.get("TERM") != "dumb"


def _columns(environ: Mapping[str, str]) -> int:
    given = environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() and int(given) > 0 else PIPED_WIDTH


def _encodes(encoding: str | None) -> bool:
    try:
        SYMBOLS.encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
