"""Which files belong to the script, and one running number for the lines of all of them.

The script's own lines come first; each further file of its folder continues the count when one of its lines is first
named. So a line is one number everywhere, and `text` is a single source in which it can be looked up.
"""

from __future__ import annotations

import linecache
import os
import sys
from pathlib import Path

LIBRARIES = ("site-packages", "dist-packages", "__autograph_generated_file")


class Files:
    """The script at `path` and the files beside and below it that it imports."""

    def __init__(self, path: str, source: str) -> None:
        self.path = path
        self.folder = os.path.dirname(path)  # noqa: PTH120 - plain strings: frames name their file so
        self._texts: dict[str, str] = {path: source}
        self._before: dict[str, int | None] = {path: 0}
        self._lines = source.count("\n") + 1

    def before(self, name: str) -> int | None:
        """Return how many lines stand before this file's first, or None for a file that is not the user's."""
        if name not in self._before:
            self._before[name] = self._join(name) if self._own(name) else None
        return self._before[name]

    def _own(self, name: str) -> bool:
        if not self.folder:  # a cell of a shell: its text was never a file
            return name.startswith("<ipython-input-")
        inside = name.startswith(self.folder + os.sep) and os.path.isabs(name)  # noqa: PTH117 - see above
        foreign = any(part in name for part in LIBRARIES) or name.startswith(sys.prefix + os.sep)
        package = str(Path(__file__).parents[2]) + os.sep
        return inside and not foreign and not name.startswith(package)

    def _join(self, name: str) -> int | None:
        text = "".join(linecache.getlines(name))
        if not text:
            return None
        start, self._lines = self._lines, self._lines + text.count("\n") + 1
        self._texts[name] = text
        return start

    @property
    def text(self) -> str:
        """All files as one text; `from __future__` of later files is blanked, so that the whole still parses."""
        first, *others = self._texts.values()
        return "\n".join([first, *map(_without_future, others)])

    @property
    def table(self) -> tuple[tuple[str, int], ...]:
        """(path relative to the folder, lines before its first) for each file."""
        known = [(name, before) for name, before in self._before.items() if before is not None]
        return tuple((self._short(name), before) for name, before in known)

    def _short(self, name: str) -> str:
        if is_cell(name):
            cells = [one for one, before in self._before.items() if before is not None and is_cell(one)]
            return f"cell {cells.index(name) + 1}" if cells.index(name) else "cell"
        inside = self.folder and name.startswith(self.folder + os.sep)
        return Path(name).relative_to(self.folder).as_posix() if inside else name


def is_cell(name: str) -> bool:
    """Whether this is the name under which IPython or a notebook's kernel compiles a cell."""
    return name.startswith("<ipython-input-") or "ipykernel_" in name


def _without_future(text: str) -> str:
    lines = text.split("\n")
    return "\n".join("" if line.startswith("from __future__ ") else line for line in lines)
