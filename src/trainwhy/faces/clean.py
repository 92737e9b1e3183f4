"""Untrusted text made harmless: what a learner's program printed, raised or was written as is shown literally."""

from __future__ import annotations

import unicodedata

TAB = 4
# Controls, invisible formatting (bidi, zero width), lone surrogates, what no font agrees on, other line ends.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
# How our own words look where only ASCII can be written; the codes are dashes, times and quotation marks.
_WORDS = str.maketrans(
    {
        "→": "->", "…": "...", "\u2013": "-", "—": "-", "\u2212": "-", "·": "-", "\u00d7": "x", "²": "^2", "≥": ">=",
        "≤": "<=", "≈": "about ", "≠": "!=", "“": '"', "”": '"', "\u2018": "'", "\u2019": "'", "\u00a0": " ", "•": "-",
    }
)  # fmt: skip


def printable(text: str, *, ascii_only: bool = False) -> str:
    r"""Replace every control, bidi or invisible character by its escape (`\x1b`, `\u202e`); lines stay lines."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join("".join(shown(line, ascii_only=ascii_only)) for line in lines)


def one_line(text: str, *, ascii_only: bool = False) -> str:
    """Make the same harmless text one line, for places where a new line would start a new entry."""
    joined = " ".join(text.split())
    return printable(joined, ascii_only=ascii_only)


def words(text: str, *, ascii_only: bool = False) -> str:
    """Make prose harmless, with its typographic signs in ASCII where nothing else can be written."""
    return printable(text.translate(_WORDS) if ascii_only else text, ascii_only=ascii_only)


def shown(line: str, *, ascii_only: bool = False) -> list[str]:
    """Give what is shown for each character of one line, tabs widened to the next stop."""
    pieces: list[str] = []
    column = 0
    for character in line:
        piece = " " * (TAB - column % TAB) if character == "\t" else _visible(character, ascii_only)
        pieces.append(piece)
        column += len(piece)
    return pieces


def _visible(character: str, ascii_only: bool) -> str:
    code = ord(character)
    if 0x20 <= code < 0x7F:  # noqa: PLR2004 - the printable part of ASCII
        return character
    if ascii_only or unicodedata.category(character) in _HIDDEN:
        return _escape(code)
    return character


def _escape(code: int) -> str:
    if code <= 0xFF:  # noqa: PLR2004 - one byte
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - two bytes
