"""One module = one kind of evidence, found by walking this folder.

A probe has `install(session, recorder)` and may have `finish(session, recorder)`, called once after the last step.
Probes draw no random numbers and change nothing that the learner's code can see.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def modules() -> list[ModuleType]:
    """Every probe, in the order of their names."""
    return [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
