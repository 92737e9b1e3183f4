"""A lesson's text: the few forms of Markdown that lessons use, wrapped for a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trainwhy.faces.terminal_text import CODE, STRONG, hang, line, literal, prose, wrap

if TYPE_CHECKING:
    from rich.text import Text

    from trainwhy.faces.style import Style

_ITEM = re.compile(r"^(\s*)([-*]|\d+\.)\s+")
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*")


def lesson_lines(style: Style, text: str) -> list[Text]:
    """Draw paragraphs, lists and headings wrapped, and code as it stands."""
    lines: list[Text] = []
    for block in _blocks(text):
        drawn = _drawn(style, block)
        lines += ([line()] if lines and drawn else []) + drawn
    return lines


def _blocks(text: str) -> list[list[str]]:
    """Split at blank lines; a fenced block stays whole."""
    blocks: list[list[str]] = [[]]
    fenced = False
    for row in text.strip("\n").split("\n"):
        fence = row.lstrip().startswith("```")
        if (fence and not fenced) or (not row.strip() and not fenced):
            blocks.append([])
        if row.strip() or fenced:
            blocks[-1].append(row)
        if fence and fenced:
            blocks.append([])
        fenced = fenced != fence
    return [block for block in blocks if block]


def _drawn(style: Style, block: list[str]) -> list[Text]:
    first = block[0].lstrip()
    if first.startswith("```"):
        body = [row for row in block if not row.lstrip().startswith("```")]
        return [one for row in body for one in hang("    ", literal(style, row, CODE), style.width)]
    if first.startswith("#"):
        heading = wrap(prose(style, first.lstrip("# "), STRONG), style.text_width)
        return heading + _drawn(style, block[1:]) if block[1:] else heading
    if all(row.startswith(("    ", "\t")) for row in block):
        return [one for row in block for one in hang("", literal(style, row, CODE), style.width)]
    if first.startswith("|"):
        return [one for row in block for one in hang("  ", prose(style, row), style.width)]
    return [one for item in _items(block) for one in _item(style, item)]


def _items(block: list[str]) -> list[str]:
    """Join the lines of each paragraph or list item."""
    items: list[str] = []
    for row in block:
        if not items or _ITEM.match(row):
            items.append(row.rstrip())
        else:
            items[-1] += " " + row.strip()
    return items


def _item(style: Style, text: str) -> list[Text]:
    mark = _ITEM.match(text)
    if mark is None:
        return wrap(_emphasized(style, text.strip()), style.text_width)
    head = f"{mark.group(1)}  {mark.group(2)} "
    return hang(head, _emphasized(style, text[mark.end() :]), style.text_width)


def _emphasized(style: Style, text: str) -> Text:
    made = prose(style, _EMPHASIS.sub(r"\1", text))
    for strong in _EMPHASIS.finditer(text):
        made.highlight_words([strong.group(1)], STRONG)
    return made
