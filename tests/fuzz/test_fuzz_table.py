"""The table of CONTRIBUTING.md says what CI does."""

from __future__ import annotations

import re
from pathlib import Path

from fuzzing import INPUTS


def test_the_numbers_in_the_table_are_those_of_ci() -> None:
    text = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.split("## Fuzzing", 1)[1].split("## ", 1)[0]
    rows = re.findall(r"^\| ([a-z][A-Za-z ]+?) \| (\d+) \|", table, re.MULTILINE)
    assert {name: int(number) for name, number in rows} == INPUTS
