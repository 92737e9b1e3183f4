"""The pages of `docs/diagnoses`, written from each diagnosis' own docstring and examples.

They are never edited by hand: `trainwhy author docs` writes them, and `--check` names what is no longer current.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy import atomic, catalogue
from trainwhy.authoring.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from trainwhy.catalogue import Entry

_LEVELS = {"error": "An error: what has it does not count as solved.", "warning": "A warning: it blocks nothing."}


def pages() -> dict[str, str]:
    """Give every page: the name of its file, and its text."""
    entries = catalogue.entries()
    return {"README.md": _index(entries)} | {file_name(entry): page(entry) for entry in entries}


def write_pages(folder: Path) -> list[Path]:
    """Bring a folder up to date, and give what had to change; pages of diagnoses that are gone go too."""
    changed = [problem.path for problem in stale_pages(folder)]
    wanted = pages()
    for path in changed:
        if path.name in wanted:
            atomic.write(path, wanted[path.name].encode())
        else:
            path.unlink()
    return changed


def stale_pages(folder: Path) -> list[Problem]:
    """Name every page that is missing, out of date or left over."""
    wanted = pages()
    there = {path.name: path for path in sorted(folder.glob("*.md"))}
    missing = [Problem(folder / name, "is missing") for name in wanted if name not in there]
    old = [
        Problem(path, "is not what its diagnosis says")
        for name, path in there.items()
        if name in wanted and path.read_text(encoding="utf-8") != wanted[name]
    ]
    over = [Problem(path, "belongs to no diagnosis") for name, path in there.items() if name not in wanted]
    return missing + old + over


def file_name(entry: Entry) -> str:
    """Name a diagnosis' page."""
    return f"{entry.code}-{entry.diagnosis.name}.md"


def page(entry: Entry) -> str:
    """Lay out one diagnosis as Markdown."""
    known = entry.diagnosis
    title, _, rest = entry.page.strip().partition("\n")
    parts = [
        _note(f"src/trainwhy/diagnoses/{known.name.replace('-', '_')}.py"),
        f"# {known.code} {known.name}",
        title,
        _LEVELS[known.level],
        _prose(rest),
        f"## Broken\n\n```python\n{entry.broken.strip()}\n```",
        f"## Fixed\n\n```python\n{entry.fixed.strip()}\n```",
        f"## Proof\n\n{_proof(entry)}",
    ]
    if known.explains:
        parts.append(f"Where it is found, it explains also: {', '.join(known.explains)}.")
    return "\n\n".join(parts) + "\n"


def _note(source: str) -> str:
    return f"<!-- Written by `trainwhy author docs` from {source}; edit that instead. -->"


def _prose(text: str) -> str:
    """Turn a docstring's headings and indented paragraphs into Markdown's."""
    lines = text.strip("\n").splitlines()
    return "\n".join(f"## {line}\n" if line and not line.startswith(" ") else line[4:] for line in lines)


def _proof(entry: Entry) -> str:
    known = entry.diagnosis
    if not known.intervention:
        return "No intervention repairs this cause from outside, so a finding is said to be likely, never proven."
    return (
        f"The same run with {known.intervention_words or known.intervention}, on three seeds and beside a placebo"
        f" (intervention `{known.intervention}`, judged by {_measure(entry.measure_name)})."
    )


def _measure(name: str) -> str:
    return "the loss" if name == "loss" else name


def _index(entries: tuple[Entry, ...]) -> str:
    rows = [f"| [{entry.code}]({file_name(entry)}) | {entry.diagnosis.name} | {_title(entry)} |" for entry in entries]
    head = "# The diagnoses\n\n`trainwhy explain CODE` shows the same pages in the terminal."
    table = "\n".join(["| code | name | what happens |", "|---|---|---|", *rows])
    return f"{_note('src/trainwhy/diagnoses/')}\n\n{head}\n\n{table}\n"


def _title(entry: Entry) -> str:
    return entry.page.strip().splitlines()[0].rstrip(".")
