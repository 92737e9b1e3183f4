"""Writing words to the two streams: the result on stdout, the rest on stderr. Nothing here knows what a report is."""

from __future__ import annotations

import json
import sys
import textwrap
from typing import TYPE_CHECKING, Any, Literal, TextIO

from trainwhy.cli.screen import LONGEST_LINE

if TYPE_CHECKING:
    from trainwhy.cli.screen import Screen

Role = Literal["strong", "weak", "name", "good", "bad"]
# The sixteen colours of the user's own theme, and never a colour alone: blue and yellow, not green and red.
_CODES: dict[Role, str] = {"strong": "1", "weak": "2", "name": "36", "good": "1;34", "bad": "1;33"}
SCHEMA = 1


def say(text: str = "", *, end: str = "\n") -> None:
    """Write a piece of the result."""
    sys.stdout.write(_writable(text, sys.stdout.encoding) + end)
    sys.stdout.flush()


def pass_on(stream: TextIO, text: str) -> None:
    """Write what a user's own program printed, as it is but for signs the stream cannot encode."""
    name = stream.encoding or "ascii"
    stream.write(text.encode(name, "backslashreplace").decode(name) if _lacks(text, name) else text)
    stream.flush()


def aside(screen: Screen, text: str) -> None:
    """Write something beside the result; `--quiet` leaves it out."""
    if not screen.quiet:
        warn(text)


def warn(text: str) -> None:
    """Write something beside the result that even `--quiet` must not hide."""
    sys.stdout.flush()
    sys.stderr.write(_writable(text, sys.stderr.encoding) + "\n")
    sys.stderr.flush()


def say_json(document: dict[str, Any]) -> None:
    """Write one JSON document as the whole result."""
    say(json.dumps({"schema": SCHEMA, **document}, indent=2, ensure_ascii=True))


def paint(screen: Screen, role: Role, text: str) -> str:
    """Colour a text where colour is wanted; the words carry the meaning without it."""
    return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if screen.color and text else text


def wrap(screen: Screen, text: str, *, first: str = "", rest: str | None = None) -> str:
    """Break a sentence at the width of the screen, never inside a word: a path or a number stays whole."""
    return textwrap.fill(
        " ".join(text.split()),
        width=min(screen.width, LONGEST_LINE),
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def rule(screen: Screen, share: float | None = None) -> str:
    """Draw a line as wide as the text, filled up to `share` of it; nothing for a reader."""
    if screen.plain:
        return ""
    width = min(screen.width, LONGEST_LINE) - 1
    if share is None:
        return ("─" if screen.unicode else "-") * width
    done = round(share * width)
    full, empty = ("━", "─") if screen.unicode else ("=", "-")
    return full * done + empty * (width - done)


def _writable(text: str, encoding: str | None) -> str:
    """Replace what the stream cannot encode: a locale without UTF-8 is no reason to fail."""
    name = encoding or "ascii"
    return text.translate(_ASCII).encode(name, "backslashreplace").decode(name) if _lacks(text, name) else text


def _lacks(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return True
    return False


# What the course's own texts use, in ASCII. En dash and right quote are written as numbers: they look like others.
_PLAIN = {"·": "-", "→": "->", "…": "...", "—": "-", "“": '"', "”": '"', "━": "=", "─": "-"}
_ASCII: dict[int, str] = {ord(symbol): text for symbol, text in _PLAIN.items()} | {0x2013: "-", 0x2019: "'"}
