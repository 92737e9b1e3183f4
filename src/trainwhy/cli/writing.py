"""Where results go: formats and files paired in order, and everything written once the check is over."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trainwhy.cli import talk
from trainwhy.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from trainwhy.cli.tools import Tools
    from trainwhy.faces.checked import Checked, Rule
    from trainwhy.results import Report

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One format, and the file it goes to; `-` is stdout."""

    format: str
    output: str


def wanted(formats: Sequence[str], outputs: Sequence[str], *, as_json: bool = False) -> tuple[Wanted, ...]:
    """Pair formats and files in order; formats beyond the files go to stdout, of which there is one."""
    from trainwhy.faces.formats import writers

    asked = [*formats, *(["json"] if as_json and "json" not in formats else [])] or ["text"]
    known = sorted(writers())
    for name in asked:
        if name not in known:
            raise Usage(f"`--format {name}` is unknown", f"use {', '.join(known[:-1])} or {known[-1]}")
    if len(outputs) > len(asked):
        raise Usage(
            f"there are {len(outputs)} of `--output` for {len(asked)} of `--format`", "each file needs a format"
        )
    pairs = tuple(Wanted(name, outputs[at] if at < len(outputs) else STDOUT) for at, name in enumerate(asked))
    loud = [one.format for one in pairs if one.output == STDOUT]
    if len(loud) > 1:
        named = " and ".join(f"`{name}`" for name in loud)
        raise Usage(f"{named} would go to stdout together", "give all but one of them a file: `--output FILE`")
    return pairs


def refuse_bad_files(folder: Path, pairs: Iterable[Wanted], checked: Iterable[Path]) -> None:
    """Refuse, before anything is run, a file that cannot be written or that must not be replaced."""
    sources = {os.path.realpath(path) for path in checked}
    seen: set[str] = set()
    for one in pairs:
        if one.output == STDOUT:
            continue
        place = os.path.realpath(folder / one.output)
        if not one.output or (folder / one.output).is_dir():
            raise Usage(f"`--output {one.output}` is a folder" if one.output else "`--output` is empty", "name a file")
        if place in sources:
            raise Usage(f"`--output {one.output}` would replace a file that is to be checked", "name another file")
        if place in seen:
            raise Usage(f"`--output {one.output}` is given twice", "give each format a file of its own")
        seen.add(place)


def checked(folder: Path, reports: Sequence[Report], seconds: float, code: int) -> Checked:
    """Put the reports together with what stands around them."""
    from trainwhy.cli import repository
    from trainwhy.faces.checked import Checked

    began = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() - seconds))
    places = repository.places(folder, [one.path for one in reports])
    return Checked(tuple(reports), seconds, began, code, _rules(reports), places)


def _rules(reports: Sequence[Report]) -> tuple[Rule, ...]:
    """Give the page of every diagnosis that was found."""
    codes = {one.code for report in reports for one in report.findings}
    if not codes:
        return ()
    from trainwhy import catalogue
    from trainwhy.cli import pages
    from trainwhy.faces.checked import Rule

    rules = []
    for entry in catalogue.entries():
        if entry.code in codes:
            title, parts = pages.sections(entry.page)
            page = "\n\n".join(f"{heading}\n{body}" for heading, body in parts)
            known = entry.diagnosis
            rules.append(
                Rule(known.code, known.name, known.level, title, page, known.why, known.help, entry.broken, entry.fixed)
            )
    return tuple(rules)


def write(tools: Tools, pairs: Sequence[Wanted], whole: Checked, text: Callable[[Wanted], str] | None = None) -> None:
    """Write every format to where it belongs, stdout last; `text` makes the text where a command has its own."""
    from trainwhy.faces.formats import writers

    for one in sorted(pairs, key=lambda pair: pair.output == STDOUT):
        made = text(one) if text is not None and one.format == "text" else writers()[one.format](whole)
        if one.output != STDOUT:
            _to_file(tools.folder() / one.output, made)
            talk.aside(tools.screen, f"{one.format}: {one.output}")
        elif one.format == "text":
            talk.say(made, end="")
        else:
            _to_stdout(made)


def _to_file(path: Path, text: str) -> None:
    from trainwhy import atomic

    data = text.encode("utf-8", "replace")
    if path.exists() and not path.is_file():
        with path.open("wb") as device:  # `/dev/stderr`, a pipe: there is nothing to replace
            device.write(data)
        return
    atomic.write(Path(os.path.realpath(path)), data)


def _to_stdout(text: str) -> None:
    """Write a document as UTF-8 whatever the locale: it says so itself, or its readers take it for granted."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        talk.say(text, end="")
        return
    buffer.write(text.encode("utf-8", "replace"))
    buffer.flush()
