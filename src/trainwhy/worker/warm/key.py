"""What has to be the same for a template to do the work of a command: else it is replaced.

What may differ from one terminal to the next (the umask, limits below the hard ones, PATH and the language) is no part
of it: each run takes that over from the command it works for (`surroundings`). The course is not either: no template
has imported it.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.machinery
import json
import os
import sys
from pathlib import Path

import trainwhy
from trainwhy import installed
from trainwhy.worker import confine, surroundings
from trainwhy.worker.warm.settings import Settings

PROTOCOL = 1
LIBRARIES = ("tensorflow", "keras", "numpy")


def of(settings: Settings) -> str:
    """Give the key of this process: two that share it would load the same template."""
    parts = {
        "protocol": PROTOCOL,
        "python": [sys.executable, sys.prefix, sys.version],
        "package": [trainwhy.__version__, *_package()],
        "libraries": [_library(name) for name in LIBRARIES],
        "environment": sorted((name, value) for name, value in confine.environment().items() if _loaded_with(name)),
        "process": _process(),
        "template": settings.template,
    }
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _loaded_with(name: str) -> bool:
    """Whether a variable counts when TensorFlow loads; the others are taken over by each run."""
    return name not in surroundings.VARIABLES


def _package() -> list[object]:
    """Where trainwhy is, and a sign that changes whenever one of its files does."""
    folder = Path(trainwhy.__file__).parent
    sign = hashlib.sha256()
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if one not in ("__pycache__", "course_data"))
        for name in sorted(name for name in names if name.endswith(".py")):
            found = os.stat(f"{base}/{name}")  # noqa: PTH116 - hundreds of files before the first word is said
            sign.update(f"{base}/{name}\0{found.st_mtime_ns}\0{found.st_size}\n".encode("utf-8", "surrogateescape"))
    return [str(folder), sign.hexdigest()]


def _library(name: str) -> list[object]:
    """Where a library is and which one: nothing of it is imported."""
    spec = importlib.machinery.PathFinder.find_spec(name, _installed())
    if spec is None or spec.origin is None:
        return [name]
    found = Path(spec.origin).stat()
    return [name, spec.origin, found.st_mtime_ns, found.st_size, installed.version(name, _installed())]


def _installed() -> list[str]:
    """Where a template looks: neither in the folder of the command or its program, nor where PYTHONPATH leads."""
    found = sys.path[0 if getattr(sys.flags, "safe_path", False) else 1 :]  # no such flag before Python 3.11
    for one in os.environ.get("PYTHONPATH", "").split(os.pathsep):
        if one in found:
            found.remove(one)
    return found


def _process() -> list[object]:
    """What a process inherits and cannot take back: hard limits, priority, processors."""
    hard: list[object] = []
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - not on Windows

        names = sorted(name for name in dir(resource) if name.startswith("RLIMIT_"))
        hard = [[name, resource.getrlimit(getattr(resource, name))[1]] for name in names]
    return [hard, os.getpriority(os.PRIO_PROCESS, 0), sorted(os.sched_getaffinity(0))]
