"""One module = one kind of evidence about a whole script, found by walking this folder.

A probe has `install(session, recorder)` and may have `finish(session, recorder)`, called once when the script is over.
Probes draw no random numbers and change nothing that the script can see. A look (`session.looking`) runs the first
steps eagerly in a process of its own, whose training nobody will see: costly measurements belong there.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession


def start(probe: ModuleType, session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Install a probe; one that finds a release it does not know costs its evidence, never the run."""
    try:
        probe.install(session, recorder)
    except Exception as error:
        recorder.unobserved.append(f"{probe.__name__.rpartition('.')[2]} ({type(error).__name__}: {error})"[:200])


def modules() -> list[ModuleType]:
    """Every probe, in the order of their names."""
    return [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
