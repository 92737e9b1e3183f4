"""The difference between a diagnosis' two examples, shown where help is."""

from __future__ import annotations

import difflib


def diff(broken: str, fixed: str, *, context: int = 1) -> list[str]:
    """Give the lines that go (`- `), come (`+ `) or stay (two blanks), with `...` between distant ones."""
    if not broken or not fixed:
        return []
    lines: list[str] = []
    for row in list(difflib.unified_diff(broken.splitlines(), fixed.splitlines(), lineterm="", n=context))[2:]:
        if row.startswith("@@"):
            lines += ["..."] if lines else []
        else:
            lines.append(f"{row[:1]} {row[1:]}".rstrip())
    return lines
