"""What the sandbox promises, each as an attempt to break it. One module is one promise; nothing is listed anywhere.

A module has `TITLE`, the parts of the sandbox that promise it (`NEEDS`; none: the limits that hold everywhere), and
`attempt`, which runs in a confined process, tries what must not be possible and returns what it measured. `ENDS` is how
that run has to end, `SECONDS` its deadline, and `confirm`, where there is one, looks again from outside.
"""

from __future__ import annotations

import errno
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType


class Broken(Exception):
    """A promise does not hold; the words say what was possible."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What promises are tried on."""

    outside: Path  # a folder that is not the run's, with a file `kept` and an empty folder `folder`
    parents: tuple[int, ...]  # the processes above the run


def names() -> tuple[str, ...]:
    """Return every promise, by the name of its module."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def load(name: str) -> ModuleType:
    """Import one promise."""
    return importlib.import_module(f"{__name__}.{name}")


def refused(what: str, action: Callable[[], object], *, also: tuple[int, ...] = ()) -> str:
    """Do what must be refused; return the name of the error. Raises Broken when it was done, or failed otherwise."""
    try:
        action()
    except OSError as error:
        if isinstance(error, PermissionError) or error.errno in also:
            return errno.errorcode.get(error.errno or 0, str(error.errno))
        raise Broken(f"{what}: not refused, it failed with {error}") from error
    raise Broken(f"{what}: done")


def all_refused(*attempts: tuple[str, Callable[[], object]], also: tuple[int, ...] = ()) -> str:
    """Do several things that must be refused; return the names of the errors, each once."""
    return ", ".join(dict.fromkeys(refused(what, action, also=also) for what, action in attempts))
