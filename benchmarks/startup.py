"""How long commands that train nothing take to answer, against importing the two libraries they stand on."""

from __future__ import annotations

import sys
import tempfile

from ratios import Ratio, quiet, side_by_side, trainwhy

COMMANDS = (("--help",), ("list",), ("hint",))


def measure() -> list[Ratio]:
    """Time each command in a workspace of its own."""
    plain = [sys.executable, "-c", "import typer, rich.console"]
    with tempfile.TemporaryDirectory() as home:
        quiet(trainwhy("init", home))
        ratios = []
        for words in COMMANDS:
            pair = side_by_side(lambda w=words: quiet(trainwhy(*w), cwd=home), lambda: quiet(plain, cwd=home), 7)
            ratios.append(Ratio(f"trainwhy {words[0]}", *pair, limit=1.6))
        return ratios
