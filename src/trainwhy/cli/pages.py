"""The page of a diagnosis, from its module's own text, and the list of all pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from trainwhy.cli import talk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trainwhy.catalogue import Entry
    from trainwhy.cli.screen import Screen


def sections(page: str) -> tuple[str, list[tuple[str, str]]]:
    """Split a page into its title and its headed paragraphs."""
    title, _, rest = page.strip().partition("\n")
    found: list[tuple[str, list[str]]] = []
    for line in rest.splitlines():
        if line and not line.startswith(" "):
            found.append((line.strip(), []))
        elif found:
            found[-1][1].append(line.strip())
    return title.strip().rstrip("."), [(heading, "\n".join(body).strip()) for heading, body in found]


def page(screen: Screen, entry: Entry) -> str:
    """Lay a page out for the screen: the prose, then the example before and after."""
    title, parts = sections(entry.page)
    head = f"{entry.code} {entry.diagnosis.name} ({entry.diagnosis.level})"
    lines = [talk.paint(screen, "strong", head), talk.wrap(screen, title), ""]
    for heading, body in parts:
        lines.append(talk.paint(screen, "strong", heading))
        paragraphs = re.split(r"\n\s*\n", body)
        lines += [*_paragraphs(screen, paragraphs), ""]
    lines += [talk.paint(screen, "strong", "For example, broken"), *_code(entry.broken), ""]
    lines += [talk.paint(screen, "strong", "and repaired, changed lines marked"), *_marked(screen, entry), ""]
    if entry.diagnosis.explains:
        lines += [talk.wrap(screen, f"Explains also: {', '.join(entry.diagnosis.explains)}."), ""]
    return "\n".join(lines[:-1]) + "\n"


def _paragraphs(screen: Screen, paragraphs: Sequence[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield talk.wrap(screen, paragraph, first="  ")


def _code(source: str) -> list[str]:
    return [f"    {line}".rstrip() for line in source.strip("\n").splitlines()]


def _marked(screen: Screen, entry: Entry) -> Iterator[str]:
    """Show the repaired example with `+` and `-` in front of what differs, so that colour is not needed."""
    import difflib

    before, after = entry.broken.strip("\n").splitlines(), entry.fixed.strip("\n").splitlines()
    for line in difflib.ndiff(before, after):
        if line.startswith("?"):
            continue
        text = f"  {line}".rstrip()
        roles: dict[str, talk.Role] = {"+": "good", "-": "bad"}
        yield talk.paint(screen, roles[line[0]], text) if line[0] in roles else text


def listing(screen: Screen, entries: Sequence[Entry]) -> str:
    """List every diagnosis with its title."""
    longest = max((len(entry.diagnosis.name) for entry in entries), default=0)
    lines = []
    for entry in entries:
        head = f"{entry.code}  {entry.diagnosis.name}"
        title, _ = sections(entry.page)
        line = f"{entry.code}  {entry.diagnosis.name:{longest}}  {title}"
        lines.append(line if len(line) <= screen.width else f"{head}\n{talk.wrap(screen, title, first='    ')}")
    return "\n".join([*lines, "", "One page: trainwhy explain CODE"]) + "\n"


def document(entry: Entry) -> dict[str, Any]:
    """Give the page as data."""
    title, parts = sections(entry.page)
    known = entry.diagnosis
    return {
        "code": known.code,
        "name": known.name,
        "level": known.level,
        "title": title,
        "sections": [{"heading": heading, "text": body} for heading, body in parts],
        "why": known.why,
        "help": known.help,
        "explains": list(known.explains),
        "broken": entry.broken,
        "fixed": entry.fixed,
    }
