"""What a script wants done at its exit. The process leaves without Python's own farewell, so it is done here."""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.lab.session import GENERATED

Exit = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


def collect(session: ScriptSession) -> list[Exit]:
    """Keep what the script registers with `atexit`, in the order in which it does."""
    found: list[Exit] = []

    def register(original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.called_by_learner():
            return original(function, *args, **kwargs)
        found.append((function, args, kwargs))
        return function

    session.wrap(atexit, "register", register)
    return found


def run(exits: list[Exit]) -> None:
    """Do it, last first, as Python does: what one raises is printed, and the others still run."""
    for one in reversed(exits):
        _do(*one)


def _do(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    try:
        function(*args, **kwargs)
    except BaseException as error:
        trace = error.__traceback__
        traceback.print_exception(type(error), error, trace.tb_next if trace else None)  # without this frame of ours


def remove_generated() -> None:
    """Remove the files TensorFlow's autograph wrote for this process; it would do so at a regular exit."""
    for name, module in list(sys.modules.items()):
        if GENERATED in name and module.__file__:
            for path in (module.__file__, importlib.util.cache_from_source(module.__file__)):
                with contextlib.suppress(OSError):
                    Path(path).unlink()
