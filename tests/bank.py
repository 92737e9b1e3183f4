"""The bank of scripts under `tests/bank`: each broken one with its code and its guilty lines, and its fixed twin.

`tests/bank/TW101/eager_mlp.py` is broken by exactly TW101, on the lines that end in `# HERE`; `eager_mlp.fixed.py` is
the same script with only that repaired. A first line `# crashes` says that it raises, `# args: ...` what it is called
with. `tests/healthy/scripts` holds scripts that nothing is wrong with; one that is warned of something says why that is
right, in a line `# warned TW122: reason`.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from trainwhy import scripts
from trainwhy.results import Report, Script
from trainwhy.worker import Worker

BANK = Path(__file__).parent / "bank"
HEALTHY = Path(__file__).parent / "healthy" / "scripts"
MARK = re.compile(r"[ \t]*# HERE[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One script of the bank."""

    path: Path
    code: str  # "" for a healthy one
    lines: tuple[int, ...]
    source: str
    arguments: tuple[str, ...]
    warned: dict[str, str] = field(default_factory=dict)  # code of a warning -> why it is justified

    @property
    def name(self) -> str:
        """How it is called in tables: TW101/eager_mlp, or a healthy script's own name."""
        folder = self.path.parent.name
        stem = self.path.name.removesuffix(".py")
        return stem if folder == "scripts" else f"{folder}/{stem}"

    @property
    def form(self) -> str:
        """Which form of training it is: eager, function or fit."""
        return self.path.name.split("_")[0]


def broken(*codes: str) -> Iterator[Case]:
    """Every broken script, or those of some codes."""
    for path in sorted(BANK.glob("TW*/*.py")):
        if not path.name.endswith(".fixed.py") and (not codes or path.parent.name in codes):
            yield case(path, path.parent.name)


def fixed(*codes: str) -> Iterator[Case]:
    """Every fixed twin."""
    for path in sorted(BANK.glob("TW*/*.fixed.py")):
        if not codes or path.parent.name in codes:
            yield case(path, "")


def healthy() -> Iterator[Case]:
    """Every script that nothing is wrong with."""
    for path in sorted(HEALTHY.glob("*.py")):
        yield case(path, "")


def case(path: Path, code: str) -> Case:
    """Read one script; the marks are taken out of the text that runs."""
    text = path.read_text(encoding="utf-8")
    lines = tuple(number for number, line in enumerate(text.splitlines(), 1) if MARK.search(line))
    said = re.search(r"^# args: (.+)$", text, re.MULTILINE)
    warned = dict(re.findall(r"^# warned (TW\d+): (.+)$", text, re.MULTILINE))
    return Case(path, code, lines, MARK.sub("", text), tuple(shlex.split(said[1])) if said else (), warned)


def check(one: Case, worker: Worker, *, prove: bool = True, limits: scripts.Limits | None = None) -> Report:
    """Check one script as `trainwhy check` does, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="trainwhy-bank-") as folder:
        path = Path(folder) / one.path.name.replace(".fixed", "_fixed")
        path.write_text(one.source, encoding="utf-8")
        script = Script(str(path), folder, one.arguments, environment=dict(os.environ))
        chosen = limits or scripts.Limits(prove=prove)
        return scripts.check(script, one.source, worker, path=path.name, limits=chosen)
