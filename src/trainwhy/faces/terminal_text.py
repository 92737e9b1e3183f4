"""Lines of styled text: wrapping that never cuts, hanging labels, and the one place where escape codes are made."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Union

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style as RichStyle
from rich.text import Text

from trainwhy.faces import clean
from trainwhy.faces.wording import slashes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainwhy.faces.style import Style

# The sixteen colours of the user's own theme; blue and yellow, never red against green, and never colour alone.
STRONG, WEAK, CODE, GOOD, BAD, SECOND = "bold", "dim", "cyan", "bold blue", "bold yellow", "bold cyan"
LABEL = 10  # columns of "evidence  ", "proof     "
NARROW = 40  # below this a label stands above its text
NO_BREAK = "\u00a0"  # a blank at which no line ends; written as a plain one
_CODE = re.compile(r"`[^`\n]+`")
# What reads badly in two parts: a short piece of code, a percentage, from one number to another.
_TOGETHER = re.compile(r"`[^`\n]{1,30}`|\d %|\S+ (?:→|->) \S+")

Part = Union[str, tuple[str, str], Text]


def line(*parts: Part) -> Text:
    """Put one line together from plain strings, (string, colour) pairs and texts; nothing in them is markup."""
    whole = Text()
    for part in parts:
        if isinstance(part, tuple):
            whole.append(part[0], part[1] or None)
        else:
            whole.append(part)
    return whole


def prose(style: Style, text: str, color: str = "") -> Text:
    """Make a sentence harmless and colour what stands in backticks."""
    said = clean.words(text, ascii_only=not style.unicode)
    made = Text(_TOGETHER.sub(lambda found: found.group().replace(" ", NO_BREAK), said), color)
    for code in _CODE.finditer(made.plain):
        made.stylize(CODE, code.start(), code.end())
    return made


def literal(style: Style, text: str, color: str = "") -> Text:
    """Make untrusted text harmless and show it as it is."""
    return Text(clean.printable(text, ascii_only=not style.unicode), color)


def width_of(text: str) -> int:
    """Give the columns a text takes on the screen."""
    return cell_len(text)


def wrap(text: Text, width: int) -> list[Text]:
    """Break at spaces, keep the indentation of each line, and fold only a word that is wider than the whole line."""
    return [piece for row in text.split("\n", allow_blank=True) for piece in _wrapped(row, max(1, width))] or [Text()]


def _wrapped(row: Text, width: int) -> list[Text]:
    plain = row.plain.rstrip()
    if not plain:
        return [Text()]
    indent = min(len(plain) - len(plain.lstrip()), width // 2)
    pieces, start = [], 0
    while start < len(plain):
        room = width if start == 0 else width - indent
        end = _break(plain, start, room)
        margin = "" if start == 0 else " " * indent
        pieces.append(line(margin, row[start:end]))
        start = end + len(plain[end:]) - len(plain[end:].lstrip(" "))
    return pieces


def _break(plain: str, start: int, room: int) -> int:
    """Give where a line that begins at `start` ends: after the last word that fits."""
    used, end = 0, start
    while end < len(plain):
        used += cell_len(plain[end])
        if used > room:
            break
        end += 1
    else:
        return end
    if plain[end] == " ":
        return end
    first_word = start + len(plain[start:]) - len(plain[start:].lstrip(" "))
    space = plain.rfind(" ", first_word, end)
    return space if space > first_word else max(end, start + 1)


def hang(first: Part, body: Text, width: int) -> list[Text]:
    """Put a text behind a first part, and its further lines under its beginning."""
    head = line(first)
    margin = cell_len(head.plain)
    lines = wrap(body, width - margin)
    return [line(head, lines[0]), *(line(" " * margin, one) if one.plain else one for one in lines[1:])]


def indent(body: Text, width: int, margin: int) -> list[Text]:
    """Wrap a text whose further lines are moved in; one word of its first line may be wider than the others."""
    plain = body.plain.split("\n")[0]
    end = _break(plain, 0, width) if plain else 0
    if end >= len(body.plain):
        return [body]
    rest = body[end + (body.plain[end] in " \n") :]
    return [body[:end], *(line(" " * margin, one) if one.plain else one for one in wrap(rest, width - margin))]


def labelled(style: Style, label: str, body: Text, color: str = STRONG) -> list[Text]:
    """Put a part of a message behind its label, or below it where the screen is very narrow."""
    if style.width < NARROW:
        return [Text(label, color), *(line("  ", one) for one in wrap(body, style.text_width - 2))]
    head = line((label, color), " " * max(1, LABEL - len(label)))
    return hang(head, body, style.text_width)


def place(style: Style, path: str, where: str = "") -> Text:
    """Write `path:line:col`, whole (a broken path cannot be clicked or copied), with a hyperlink where one works."""
    made = Text(clean.one_line(slashes(path), ascii_only=not style.unicode) + where, CODE)
    if style.links:
        made.stylize(RichStyle(link=_uri(path)))
    return made


def _uri(path: str) -> str:
    try:
        return Path(path).absolute().as_uri()
    except (ValueError, OSError):
        return ""


def finish(style: Style, lines: Iterable[Text]) -> str:
    """Make the string: escape codes where colours are wanted, not one byte of them elsewhere."""
    rows = list(lines)
    if not rows:
        return ""
    made = _colored(rows) if style.color else "".join(row.plain.rstrip() + "\n" for row in rows)
    made = made.replace(NO_BREAK, " ")
    return made if style.unicode else made.encode("ascii", "backslashreplace").decode("ascii")


def _colored(rows: Sequence[Text]) -> str:
    console = Console(
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    with console.capture() as captured:
        for row in rows:
            row.rstrip()
            console.print(row, soft_wrap=True)
    return captured.get()
