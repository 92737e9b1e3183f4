"""Running the user's script as Python would: as `__main__`, in its own folder, with its arguments and environment."""

from __future__ import annotations

import linecache
import os
import sys
from types import ModuleType

from trainwhy.results import Script


def prepare(script: Script, source: str) -> None:
    """Put this process where the script expects to be."""
    os.environ.update(script.environment)
    os.chdir(script.folder)
    sys.argv = [script.path, *script.arguments]
    sys.path.insert(0, script.folder)
    sys.path += [part for part in script.environment.get("PYTHONPATH", "").split(os.pathsep) if part]
    # The text that runs is the text that is shown, even when the script deletes or changes its own file.
    linecache.cache[script.path] = (len(source), None, source.splitlines(keepends=True), script.path)


def run(script: Script, source: str) -> None:
    """Execute the script's text; whatever it raises is the user's."""
    module = ModuleType("__main__")
    module.__file__ = script.path
    sys.modules["__main__"] = module
    exec(compile(source, script.path, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - running it is the point
