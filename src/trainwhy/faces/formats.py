"""The formats a result can be written in: each module beside this one that holds `FORMAT` and `write`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from trainwhy import faces

if TYPE_CHECKING:
    from trainwhy.faces.checked import Checked


class Writer(Protocol):
    """Writes all that was checked as one text."""

    def __call__(self, checked: Checked) -> str: ...  # noqa: D102 - the class says it


@lru_cache(maxsize=1)
def writers() -> dict[str, Writer]:
    """Give every format's name and its writer, by name."""
    # The rooms of the terminal face bring Rich along, and no format is one of them.
    names = [one.name for one in pkgutil.iter_modules(faces.__path__) if not one.name.startswith("terminal")]
    modules = [importlib.import_module(f"{faces.__name__}.{name}") for name in names]
    return dict(sorted((one.FORMAT, one.write) for one in modules if hasattr(one, "FORMAT")))
